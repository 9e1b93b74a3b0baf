import Classification
import Reporting
import Transcript

/// What the page's script is given; the words for levels and kinds are the page's own.
extension JudgedChats {
    /// Every chat, and every finding with its place and its decision.
    func writeOverview(_ decisions: DecisionLog, to json: inout JSONWriter) {
        json.object { json in
            json.key("chats")
            json.array(chats) { json, chat in
                json.object { json in
                    json.key("file"); json.value(result.files[chat.file].name)
                    json.key("format"); json.value(result.files[chat.file].format)
                    json.key("conversation"); json.value(chat.conversation)
                    json.key("partner"); json.value(chat.partner)
                    json.key("messages"); json.value(chat.places.count)
                    json.key("from"); json.value(chat.days?.first)
                    json.key("to"); json.value(chat.days?.last)
                }
            }
            json.key("findings")
            json.array(evidence.listed(includingOwn: true)) { json, position in
                let finding = result.findings[position]
                json.object { json in
                    json.key("content"); json.value(evidence.contentIDs[position].description)
                    json.key("chat"); json.value(places[position].chat)
                    json.key("index"); json.value(places[position].index)
                    json.key("labels"); json.array(finding.judgement.labels) { $0.value($1.rawValue) }
                    json.key("category"); json.value(finding.judgement.category)
                    json.key("level"); json.value(finding.judgement.level?.id)
                    json.key("own"); json.value(!Evidence.isAgainstOthers(finding))
                    json.key("day"); json.value(finding.message.time.map { String($0.iso8601.prefix(10)) })
                    json.key("excerpt"); json.value(String(finding.message.text.prefix(60)))
                    let decision = decisions[evidence.contentIDs[position].description]
                    json.key("decision"); json.value(decision?.decision.rawValue)
                    json.key("reason"); json.value(decision?.reason)
                }
            }
            json.key("categories")
            json.array(Set(result.findings.compactMap(\.judgement.category)).sorted()) { $0.value($1) }
        }
    }

    /// The messages of a chat at these places.
    func writeMessages(of number: Int, _ range: Range<Int>, to json: inout JSONWriter) {
        let chat = chats[number]
        json.object { json in
            json.key("messages")
            json.array(range.clamped(to: chat.places.indices)) { json, index in
                let (keys, finding) = message(index, of: chat)
                json.object { json in
                    json.raw(keys)
                    if let finding { json.key("finding"); write(finding: finding, to: &json) }
                }
            }
        }
    }

    /// The keys of a message's object.
    static func keys(of message: Message) -> [UInt8] {
        var json = JSONWriter()
        json.key("time"); json.value(message.time.map { clock($0) } ?? message.timeText)
        json.key("day"); json.value(message.time.map { String($0.iso8601.prefix(10)) })
        json.key("sender"); json.value(message.sender ?? message.senderID)
        json.key("role"); json.value(message.role.rawValue)
        json.key("kind"); json.value(message.kind.rawValue)
        json.key("line"); json.value(message.location.line)
        json.key("text"); json.value(message.text)
        return json.bytes
    }

    private func write(finding position: Int, to json: inout JSONWriter) {
        let finding = result.findings[position]
        let judgement = finding.judgement
        json.object { json in
            json.key("listed"); json.value(judgement.isFinding)
            json.key("content"); json.value(evidence.contentIDs[position].description)
            json.key("evidence"); json.value(evidence.findingIDs[position].description)
            json.key("labels"); json.array(judgement.labels) { $0.value($1.rawValue) }
            json.key("category"); json.value(judgement.category)
            json.key("level"); json.value(judgement.level?.id)
            json.key("own"); json.value(!Evidence.isAgainstOthers(finding))
            json.key("elements"); json.array(judgement.elements) { $0.value($1.rawValue) }
            json.key("cues")
            json.array(judgement.cues) { json, cue in
                json.object { json in
                    json.key("kind"); json.value(cue.kind)
                    json.key("start"); json.value(cue.range.lowerBound)
                    json.key("end"); json.value(cue.range.upperBound)
                    json.key("text"); json.value(cue.text)
                    json.key("reading"); json.value(cue.reading)
                }
            }
            json.key("rules")
            json.array(rules(of: judgement)) { json, rule in
                json.object { json in
                    json.key("name"); json.value(rule.name)
                    json.key("why"); json.value(rule.why)
                    json.key("englishName"); json.value(rule.english?.name)
                    json.key("englishWhy"); json.value(rule.english?.why)
                }
            }
            json.key("lookalikes"); json.array(judgement.lookalikes) { $0.value($1) }
            json.key("places")
            json.array(finding.alsoIn) { json, place in
                json.object { json in
                    json.key("file"); json.value(result.files[place.file].name)
                    json.key("line"); json.value(place.location.line)
                }
            }
        }
    }

    /// The rules that name the finding, in the order of its cues.
    private func rules(of judgement: Judgement) -> [Rule] {
        var seen: Set<String> = []
        return judgement.cues.map(\.rule).filter { seen.insert($0).inserted }.compactMap { RuleBook.shipped[$0] }
    }

    private static func clock(_ time: Timestamp) -> String {
        let text = time.iso8601
        return text.prefix(10) + " " + text.dropFirst(11).prefix(8)
    }
}
