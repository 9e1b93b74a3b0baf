import ArgumentParser
import Dispatch
import WebPage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: .say("打开一个本机网页：选文件、核对、下载证据，不用终端。", en: "Open a local page: choose files, check, download the evidence, without a terminal."),
        discussion: .say(
            """
            网页只能在这台电脑上打开，文件不会离开这台电脑。第一行输出是完整地址，请不要把它发给别人。
            按 Ctrl-C 或在网页上点“结束”关闭；选过的文件随即从临时文件夹删除，核对的决定和案件信息会保留。
            """,
            en: """
                The page opens on this computer only, and no file leaves it. The first line of output is the full address: keep it to
                yourself. Ctrl-C or “结束” on the page ends it; the chosen files are then removed from the temporary folder, decisions and
                case stay.
                """))

    @OptionGroup var language: LanguageOption

    @Option(help: .say("端口；默认随机选一个空闲的。", en: "The port; a free one at random by default."))
    var port: UInt16 = 0

    @Flag(help: .say("启动后在浏览器里打开。", en: "Open it in the browser."))
    var open = false

    func run() throws {
        let server: PageServer
        do throws(PageServer.Failure) {
            server = try PageServer(
                port: port, version: Juzheng.configuration.version, now: Clock.generationTime,
                // The answer to the last request is on its way while this waits.
                end: { DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(300)) { leave(0) } })
        } catch {
            StandardStreams.complain(error.message)
            throw ExitCode(73)
        }
        let heard = DispatchGroup()
        for number in [SIGINT, SIGTERM, SIGHUP] {
            // The source sees the signal; without this the program would end before.
            _ = signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            heard.enter()
            source.setRegistrationHandler { heard.leave() }
            // The source holds itself: nothing else lives as long as the program.
            source.setEventHandler { [source] in
                source.suspend()
                Task { await server.removeFiles(); leave(0) }
            }
            source.resume()
        }
        // Before that a signal would be lost.
        heard.wait()
        let opens = open
        Task {
            do throws(PageServer.Failure) {
                try await server.run { address in
                    StandardStreams.print(address)
                    StandardStreams.complain(.say("请在浏览器里打开上面的地址。只有这台电脑能打开；用完在网页上点“结束”，或在这里按 Ctrl-C。", en: "Open the address above in a browser on this computer; nobody else can. End with “结束” on the page, or with Ctrl-C here."))
                    guard opens else { return }
                    // It may take its time, and the page is to answer meanwhile.
                    DispatchQueue.global().async {
                        if Browser().open(address) { return }
                        StandardStreams.complain(.say("没有找到浏览器，请复制上面的地址，粘贴到浏览器里打开。", en: "No browser was found: copy the address above into one."))
                    }
                }
            } catch {
                await server.removeFiles()
                StandardStreams.complain(error.message)
                leave(73)
            }
        }
        dispatchMain()
    }
}

/// Ends the program; a command has methods of that name.
private func leave(_ status: Int32) -> Never { exit(status) }
