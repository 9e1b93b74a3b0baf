/// Foreign text in HTML, between tags and inside quoted attributes.
public enum HTMLText {
    public static func escape(_ text: String) -> String {
        var out = ""
        for scalar in VisibleText.reveal(text).unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
