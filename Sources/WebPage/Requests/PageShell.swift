import Resources

/// The page's HTML with its words filled in; everything else is the script's.
enum PageShell {
    static func html(_ language: PageWords.Language) -> String {
        let words = PageWords(language)
        return PageTemplate(EmbeddedResource("page/page.html").text).filled { key in
            switch key {
            case "language": language.rawValue
            case "otherLanguage": language.other.rawValue
            default: words[key]
            }
        }
    }
}
