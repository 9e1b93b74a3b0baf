import Reporting

/// Judges what was read.
public enum Analysis {
    /// Fills in the findings and incidents of what was read.
    public static func analyze(_ result: inout ScanResult) {}

    /// Judges only the messages of a scope; everything else of the result stays as it was read.
    public static func analyze(_ result: inout ScanResult, within scope: Scope) {
        let messages = result.messages
        result.messages = messages.map(scope.select)
        analyze(&result)
        result.messages = messages
    }
}
