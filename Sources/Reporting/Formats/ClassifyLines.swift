import Classification

/// The JSON lines of `juzheng classify`.
public enum ClassifyLines {
    /// - Parameter id: the input's `id` as it was written there.
    public static func write(_ judgement: Judgement, id: String, to json: inout JSONWriter) {
        json.object { json in
            json.key("id"); json.raw(id)
            json.key("labels"); json.array(judgement.labels) { $0.value($1.rawValue) }
            json.key("scores")
            json.object { json in
                json.key("extortion"); json.value(hundredths: judgement.scores[0])
                json.key("cashback"); json.value(hundredths: judgement.scores[1])
                json.key("ad"); json.value(hundredths: judgement.scores[2])
            }
            json.key("alone"); json.value(hundredths: judgement.alone)
            json.key("category"); json.value(judgement.category)
            json.key("categories"); json.array(judgement.categories) { $0.value($1) }
            json.key("direction"); json.value(judgement.direction?.rawValue)
            json.key("level"); json.value(judgement.level?.id)
            json.key("cues"); json.array(judgement.cues) { FindingLines.write($1, to: &$0) }
            json.key("lookalikes"); json.array(judgement.lookalikes) { $0.value($1) }
        }
        json.endLine()
    }

    /// The answer to a line that could not be read.
    public static func write(error: String, id: String?, to json: inout JSONWriter) {
        json.object { json in
            json.key("id"); json.raw(id ?? "null")
            json.key("error"); json.value(error)
        }
        json.endLine()
    }
}
