import EvidencePipeline
import Reporting
import Transcript

/// Where the work stands, as the page shows it.
enum PageState {
    static func reply(_ work: Casework) async -> HTTPResponse {
        let (session, phase, revision) = await (work.session, work.phase, work.revision)
        let (judged, elapsed, decided, place) = await (work.judged, work.elapsed, work.decisions.entries.count, work.folder.path)
        let (progress, failure) = await (work.progress, work.failure)
        return Reply.json { json in
            json.object { json in
                json.key("phase"); json.value("\(phase)")
                json.key("revision"); json.value(revision)
                json.key("elapsed"); json.value(elapsed)
                if phase == .judging, let progress {
                    json.key("progress")
                    json.object { json in
                        json.key("done"); json.value(progress.readBytes)
                        json.key("total"); json.value(progress.totalBytes)
                        json.key("found"); json.value(progress.findingCount)
                    }
                }
                if let failure {
                    json.key("failure")
                    json.object { json in
                        json.key("error"); json.value(failure.code.rawValue)
                        json.key("subject"); json.value(failure.subject)
                    }
                }
                json.key("decided"); json.value(decided)
                json.key("place"); json.value(place)
                json.key("own"); json.array(session.own) { $0.value($1) }
                json.key("confirmed"); json.value(session.isOwnConfirmed)
                json.key("inputs"); write(session.inputs, to: &json)
                json.key("earlier"); write(session.earlier, to: &json)
                if let judged { json.key("read"); write(judged, to: &json) }
            }
        }
    }

    private static func write(_ inputs: [Session.Input], to json: inout JSONWriter) {
        json.array(inputs) { json, input in
            json.object { json in
                json.key("id"); json.value(input.id)
                json.key("name"); json.value(input.name)
                json.key("folder"); json.value(input.isFolder)
                json.key("files"); json.value(input.files.count)
                json.key("bytes"); json.value(input.bytes)
                json.key("complete"); json.value(input.isComplete)
            }
        }
    }

    /// What was read, and what was not.
    private static func write(_ judged: JudgedChats, to json: inout JSONWriter) {
        let result = judged.result
        json.object { json in
            json.key("files"); json.value(result.files.count)
            json.key("messages"); json.value(result.files.reduce(0) { $0 + $1.messageCount })
            json.key("unknownChats")
            json.value(judged.chats.count(where: \.isUnknown))
            json.key("problems")
            let skipped = result.skipped.map {
                (name: $0.name, line: nil as Int?, code: $0.code, reason: $0.reason, isError: $0.isFailure)
            }
            let told = result.diagnostics.joined().map {
                (name: $0.file, line: $0.line, code: $0.code, reason: $0.message, isError: $0.severity == .error)
            }
            json.array((skipped + told).prefix(500)) { json, problem in
                json.object { json in
                    json.key("name"); json.value(problem.name)
                    json.key("line"); json.value(problem.line)
                    json.key("code"); json.value(problem.code)
                    json.key("reason"); json.value(problem.reason)
                    json.key("error"); json.value(problem.isError)
                }
            }
            json.key("problemCount"); json.value(skipped.count + told.count)
        }
    }

    /// The case as it is filled in, and for each incident what is still missing.
    static func caseReply(_ work: Casework) async throws(PageError) -> HTTPResponse {
        let draft = await work.draft
        let (evidence, context) = try await work.evidence()
        let missing = Report(evidence, context: context).missingProof
        return Reply.json { json in
            json.object { json in
                json.key("platform"); json.value(draft.platform)
                json.key("shop"); json.value(draft.shop)
                json.key("cases")
                json.array(draft.cases) { json, entry in
                    json.object { json in
                        json.key("buyer"); json.value(entry.buyer)
                        json.key("orders"); json.value(entry.orders?.joined(separator: " "))
                        json.key("price"); json.value(entry.price)
                        json.key("ordered"); json.value(entry.ordered)
                        json.key("shipped"); json.value(entry.shipped)
                        json.key("received"); json.value(entry.received)
                        json.key("review_time"); json.value(entry.review_time)
                        json.key("review"); json.value(entry.review)
                        json.key("both_rated"); json.value(entry.both_rated.map { $0 ? "yes" : "no" })
                        json.key("proof_number"); json.value(entry.proof_number)
                        json.key("paid"); json.value(entry.paid)
                    }
                }
                json.key("events"); json.value(evidence.result.incidents.count)
                json.key("incidents")
                json.array(missing) { json, incident in
                    json.object { json in
                        json.key("buyer"); json.value(incident.counterparty ?? incident.counterpartyID)
                        json.key("deadline")
                        json.value(
                            context.caseFile?.found(
                                name: incident.counterparty, id: incident.counterpartyID, isOnly: missing.count == 1)?.deadline)
                        json.key("missing")
                        json.array(incident.items) { json, item in
                            json.object { json in
                                json.key("kind"); json.value(item.kind.rawValue)
                                json.key("text"); json.value(item.text)
                            }
                        }
                    }
                }
                json.key("dismissed"); json.value(context.dismissed.count)
                json.key("own"); json.value(evidence.listed(includingOwn: true).count - evidence.listed(includingOwn: false).count)
                json.key("found"); json.value(evidence.listed(includingOwn: false).count)
            }
        }
    }
}
