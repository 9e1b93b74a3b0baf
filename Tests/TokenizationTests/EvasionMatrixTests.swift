import Foundation
import Testing

@testable import EvasionMatrix

/// The published matrix holds what it promises, and is the one the program gives now.
@Suite struct EvasionMatrixTests {
    @Test func everyKindIsReadAndNothingElse() {
        let matrix = EvasionMatrix()
        let rows = matrix.rows() + matrix.amountRows()
        #expect(rows.count >= 40)
        for row in rows {
            #expect(row.recall >= 0.98, "\(row.name): \(row.missed.prefix(5))")
            #expect(row.alarms * 500 <= max(500, row.negatives), "\(row.name): \(row.alarmed.prefix(5))")
        }
        #expect(Words.clean.count >= 200)
        #expect(Words.clean.filter { matrix.isAlarmed($0) } == [])
        let published = try? String(contentsOf: repository.appending(path: "Tests/EvasionMatrix/MATRIX.md"), encoding: .utf8)
        #expect(published == matrix.table(rows), "stale: swift run EvasionMatrix > Tests/EvasionMatrix/MATRIX.md")
    }
}
