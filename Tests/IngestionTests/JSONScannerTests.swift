import Ingestion
import Testing

@Suite struct JSONScannerTests {
    /// Walks one value and says what became of it.
    private func walk(_ text: String) -> (value: String?, position: Int, problem: JSONScanner.Problem?) {
        let bytes = Array(text.utf8)
        var json = JSONScanner(0..<bytes.count)
        let value = json.skipValue(in: bytes.span)
        return (value.map { bytes.span.string($0) }, json.position, json.problem)
    }

    @Test(arguments: [
        "{}", "[]", "\"\"", "0", "-0.5e+10", "true", "null", "[1,2]", "{\"a\":[{},[],{\"b\":null}],\"c\":\"}\\\"\"}",
        "{ \"a\" : 1 ,\r\n\t\"b\" : [ 1 , 2 ] }", "\"raw\nbreak\"", "[[[[]]],[]]",
    ])
    func `a whole value is passed exactly`(_ text: String) {
        #expect(walk("  " + text + " ,").value == text)
    }

    @Test(arguments: [
        "", "{", "[", "\"", "\"\\", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "[1,", "[{}", "-", "1.", "1e", "tru", "[nul",
    ])
    func `a cut value is truncated`(_ text: String) {
        let result = walk(text)
        #expect(result.value == nil)
        #expect(result.problem == .truncated)
    }

    @Test(arguments: [
        ("{\"a\":1,}", 7), ("{,}", 1), ("[1,,2]", 3), ("[1 2]", 3), ("{\"a\" 1}", 5), ("{a:1}", 1), ("01", 1), ("trux", 3),
        ("[1}", 2), ("{\"a\":1]", 6), ("1.x", 2), ("'a'", 0),
    ])
    func `a wrong byte is named by its place`(_ text: String, _ place: Int) {
        let result = walk(text)
        #expect(result.value == nil)
        #expect(result.problem == .malformed)
        #expect(result.position == place)
    }

    @Test func `a nesting bomb is refused at its depth`() {
        #expect(walk(String(repeating: "[", count: 1_000_000)).problem == .tooDeep)
        let deepest = JSONScanner.maximumDepth
        let fits = String(repeating: "[", count: deepest) + String(repeating: "]", count: deepest)
        #expect(walk(fits).value == fits)
        #expect(walk("[" + fits + "]").problem == .tooDeep)
    }

    @Test func `keys and raw values are found in one pass`() {
        let bytes = Array(#"{"id": 1.50 ,"text":"a\u003cb","more":{"id":[2]},"last":[1,2]}  "#.utf8)
        let text = bytes.span
        var json = JSONScanner(0..<bytes.count)
        var seen: [String] = []
        let isObject = json.enterObject(in: text)
        #expect(isObject)
        while let key = json.nextKey(in: text) {
            if text.isJSONString("last", at: key) {
                let isArray = json.enterArray(in: text)
                #expect(isArray)
                while json.nextElement(in: text), let element = json.skipValue(in: text) {
                    seen.append("[]=" + text.string(element))
                }
            } else if let value = json.skipValue(in: text) {
                seen.append((text.jsonString(key) ?? "?") + "=" + (text.jsonString(value) ?? text.string(value)))
            }
        }
        #expect(seen == ["id=1.50", "text=a<b", "more={\"id\":[2]}", "[]=1", "[]=2"])
        let isAtEnd = json.isAtEnd(in: text)
        #expect(isAtEnd)
        #expect(json.problem == nil)
    }

    @Test(arguments: [
        (#""\ud83d\udc4d好\n\t\"\\\/""#, "👍好\n\t\"\\/"), (#""\ud83dx""#, "\u{FFFD}x"), (#""\udc4d\ud83d""#, "\u{FFFD}\u{FFFD}"),
        (#""\q\u12""#, #"\q\u12"#), ("\"plain\"", "plain"), (#""\ud83d\u0041""#, "\u{FFFD}A"),
    ])
    func `strings are decoded`(_ written: String, _ said: String) {
        let bytes = Array(written.utf8)
        let read = bytes.span.jsonString(0..<bytes.count)
        #expect(read == said)
    }

    @Test(arguments: [("12", 12), ("-3", -3), ("\"1671968000123\"", 1_671_968_000_123)] as [(String, Int64)])
    func `whole numbers are read bare and quoted`(_ written: String, _ value: Int64) {
        let bytes = Array(written.utf8)
        let read = bytes.span.jsonInteger(0..<bytes.count)
        #expect(read == value)
    }

    @Test(arguments: ["1.5", "", "\"\"", "null", "99999999999999999999", "-"])
    func `what is no whole number is none`(_ written: String) {
        let bytes = Array(written.utf8)
        let read = bytes.span.jsonInteger(0..<bytes.count)
        #expect(read == nil)
    }
}
