import Reporting

/// Judges what was read.
public enum Analysis {
    /// Fills in the findings and incidents of what was read.
    public static func analyze(_ result: inout ScanResult) {}
}
