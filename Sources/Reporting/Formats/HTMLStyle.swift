/// The one style sheet of the HTML outputs; the content security policy allows it by its hash and nothing else.
enum HTMLStyle {
    static let sheet = """

        :root{--ink:#1c1c1e;--soft:#5c6066;--paper:#fff;--panel:#f5f5f2;--line:#d7d7d2;--bad:#b3261e;--warn:#9a5b00;--good:#1f6b3a;--mark:#ffe9a8;--link:#0b57a4}
        @media (prefers-color-scheme:dark){:root{--ink:#e8e6e3;--soft:#a5a39f;--paper:#17181a;--panel:#212327;--line:#3b3e44;--bad:#ff8a80;--warn:#f0b45c;--good:#7fd49a;--mark:#5c4a12;--link:#8ab8f0}}
        *{box-sizing:border-box}
        html{color-scheme:light dark;-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.7 "PingFang SC","Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",system-ui,sans-serif;line-break:strict;overflow-wrap:anywhere}
        main{max-width:60rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}
        h1{font-size:1.6rem;line-height:1.35;margin:.5rem 0 1rem}
        h2{font-size:1.25rem;line-height:1.4;margin:2.2rem 0 .7rem;padding-bottom:.3rem;border-bottom:2px solid var(--line)}
        h3{font-size:1.05rem;margin:1.4rem 0 .5rem}
        p,ul,ol,table,pre,figure,details{margin:.6rem 0}
        ul,ol{padding-left:1.4rem}
        a{color:var(--link);text-decoration:none}
        a:hover{text-decoration:underline}
        code{font:.82em/1.4 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:nowrap}
        td code,li>code{white-space:normal}
        td code.id{white-space:nowrap;font-size:.78em}
        pre{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:.7rem .9rem;white-space:pre-wrap;font:.85em/1.6 ui-monospace,Menlo,Consolas,"Noto Sans Mono CJK SC",monospace}
        pre.copy{font:inherit;border-left:4px solid var(--good)}
        .callout{border-left:4px solid var(--bad);background:var(--panel);padding:.6rem .9rem}
        .q{white-space:pre-wrap}
        .check{list-style:none;padding-left:0}
        .check li{padding-left:1.7rem;text-indent:-1.7rem}
        .check li::before{content:"□";display:inline-block;width:1.7rem;text-indent:0}
        table{border-collapse:collapse;width:100%;font-size:.92em;line-height:1.55}
        th,td{border:1px solid var(--line);padding:.35rem .5rem;text-align:left;vertical-align:top}
        th{background:var(--panel);font-weight:600;white-space:nowrap}
        .c2 th:first-child{width:9rem}
        .c4 th:nth-child(odd){width:7.5rem}
        .fixed{table-layout:fixed}
        .fixed th{white-space:normal}
        .contents{background:var(--panel);border-radius:6px;padding:.4rem .9rem}
        summary{cursor:pointer;color:var(--soft)}
        .chat ol{list-style:none;margin:.5rem 0;padding:0}
        .chat li{margin:.35rem 0;padding:.35rem .7rem;border-left:4px solid var(--line);background:var(--panel);border-radius:0 6px 6px 0}
        .chat li.own{border-left-color:var(--good)}
        .chat li.found{border-left-color:var(--bad);outline:1px solid var(--bad)}
        .chat li.gap{background:none;border-left-style:dotted;color:var(--soft);font-size:.85em}
        .chat li:target{outline:3px solid var(--link)}
        .who{color:var(--soft);font-size:.82em}
        .who b{color:var(--ink)}
        .said{white-space:pre-wrap}
        mark{background:var(--mark);color:inherit;padding:0 .1em}
        .timeline svg{display:block;width:100%;max-width:46rem;height:auto;font-size:13px}
        .timeline text{fill:var(--ink)}
        .timeline a text{fill:var(--link)}
        .timeline .time{font-size:11.5px;fill:var(--soft)}
        .timeline .lane{font-weight:600}
        .timeline .gap{font-size:11px;fill:var(--warn)}
        .timeline line{stroke:var(--line);stroke-width:2}
        .threat{fill:var(--bad)}.demand{fill:var(--warn)}.refusal{fill:var(--good)}.review{fill:var(--link)}.payment{fill:var(--warn)}
        .other{fill:var(--paper);stroke:var(--soft);stroke-width:2}
        figcaption{color:var(--soft);font-size:.85em}
        @media screen and (max-width:44rem){
        main{padding:1rem .9rem 3rem}
        .c2 th:first-child,.c4 th:nth-child(odd){width:5.5rem}
        .c4:not(.fixed) thead{display:none}
        .c4:not(.fixed) tr{display:grid;grid-template-columns:5.5rem 1fr}
        .c4:not(.fixed) td:nth-child(odd){color:var(--soft)}
        .wide,.wide tbody,.wide tr,.wide td{display:block;width:100%}
        .wide thead{display:none}
        .wide tr{border:1px solid var(--line);border-radius:6px;margin:.6rem 0;padding:.25rem .1rem}
        .wide td{border:0;padding:.15rem .6rem}
        .wide td::before{content:attr(data-label) "　";color:var(--soft);font-size:.85em}
        .timeline svg{font-size:15px}.timeline .time{font-size:13px}
        }
        @page{size:A4;margin:15mm 13mm}
        @media print{
        :root{--ink:#000;--soft:#444;--paper:#fff;--panel:#f6f6f6;--line:#aaa;--bad:#a00;--warn:#850;--good:#060;--mark:#ffe9a8;--link:#000}
        body{font-size:9pt;line-height:1.45}
        th,td{padding:.12rem .35rem}
        pre{padding:.3rem .6rem}
        main{max-width:none;padding:0}
        h1{font-size:15pt}h2{font-size:12pt;margin:.8rem 0 .4rem}h3{font-size:10pt;margin:.5rem 0 .2rem}
        p,ul,ol,table,pre,figure,details{margin:.25rem 0}
        .contents{display:none}
        h2,h3,summary{break-after:avoid}
        tr,.chat li,figure,pre{break-inside:avoid}
        thead{display:table-header-group}
        .page{break-before:page}
        .timeline svg{max-width:120mm}
        details::details-content{content-visibility:visible;block-size:auto}
        }

        """
}
