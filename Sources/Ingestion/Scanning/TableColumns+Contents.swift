import Transcript

extension TableColumns {
    /// Finds the columns of a table whose names say too little, or that has none, by what stands in them.
    ///
    /// A table of messages has a column of times, one of words that hardly repeat, and one of names that do, or of the two
    /// directions. Tables of orders, of money and of a program's log are none.
    /// - Parameter rows: the first rows, all of one width; the first may be the header.
    /// - Returns: the columns, and whether the first row is a header.
    static func found(in rows: [[String]]) -> (columns: TableColumns, hasHeader: Bool)? {
        guard let first = rows.first, (3...12).contains(first.count), rows.count >= 3 else { return nil }
        let body = rows.dropFirst()
        let width = first.indices
        guard let time = width.first(where: { column in share(of: body, column, isMoment) >= 0.9 })
            ?? width.first(where: { column in share(of: body, column, isClock) >= 0.9 })
        else { return nil }
        let hasHeader = !isMoment(first[time]) && !isClock(first[time])
        if hasHeader, first.contains(where: { name in others.contains { name.contains($0) } }) { return nil }
        let data = hasHeader ? Array(body) : rows

        var index = Places()
        index[.time] = time
        // A day may stand beside the clock.
        if share(of: data, time, isClock) >= 0.9, let day = width.first(where: { share(of: data, $0, isDay) >= 0.9 }) { index[.date] = day }
        var names: [(column: Int, distinct: Int)] = []
        var words: (column: Int, distinct: Int, length: Int)?
        for column in width where column != time && column != index[.date] {
            let cells = data.map { $0[column] }
            let distinct = Set(cells).count
            let length = cells.reduce(0) { $0 + $1.utf8.count }
            if share(of: data, column, { !$0.isEmpty && TableMessages.Direction($0) != nil }) >= 0.9, distinct >= 2, distinct <= 4 {
                index[.direction] = index[.direction] ?? column
            } else if share(of: data, column, isNumber) < 0.5 {
                if distinct >= 2, distinct * 2 <= cells.count + 1, length <= 64 * cells.count { names.append((column, distinct)) }
                if words.map({ ($0.distinct, $0.length) < (distinct, length) }) ?? true { words = (column, distinct, length) }
            }
        }
        guard let words, words.distinct * 2 > data.count else { return nil }
        index[.text] = words.column
        if let name = names.first(where: { $0.column != words.column }) {
            if Set(data.map { $0[name.column].uppercased() }).isSubset(of: logLevels) { return nil }
            index[.sender] = name.column
        }
        guard index[.sender] != nil || index[.direction] != nil else { return nil }
        return (TableColumns(names: hasHeader ? first : first.indices.map { "第 \($0 + 1) 列" }, index: index), hasHeader)
    }

    private static func share(of rows: some Collection<[String]>, _ column: Int, _ holds: (String) -> Bool) -> Double {
        Double(rows.count { holds($0[column]) }) / Double(max(1, rows.count))
    }

    /// Whether a cell is a day and a clock reading, a count of seconds of these decades, or a number of days with a part.
    private static func isMoment(_ cell: String) -> Bool {
        if cell.utf8.count < 7 || cell.utf8.count > 40 { return false }
        if WrittenTime(Array(cell.utf8).span) != nil || WrittenTime(digits: cell) != nil { return true }
        if let count = Int64(cell) { return (946_684_800..<4_102_444_800).contains(cell.utf8.count > 10 ? count / 1_000 : count) }
        guard let days = Double(cell), cell.utf8.contains(0x2E) else { return false }
        return (36_526..<73_051).contains(days)
    }

    private static func isClock(_ cell: String) -> Bool {
        let bytes = Array(cell.utf8)
        guard bytes.count <= 20 else { return false }
        var scan = DateTimeScanner(0..<bytes.count)
        scan.skipSpaces(in: bytes.span)
        return scan.clock(secondsOptional: true, in: bytes.span) != nil && scan.isAtEnd
    }

    private static func isDay(_ cell: String) -> Bool {
        let bytes = Array(cell.utf8)
        guard bytes.count <= 20 else { return false }
        if bytes.span.dateLine(in: 0..<bytes.count) != nil { return true }
        var scan = DateTimeScanner(0..<bytes.count)
        return scan.yearLastDate(in: bytes.span) != nil && scan.isAtEnd
    }

    private static func isNumber(_ cell: String) -> Bool {
        !cell.isEmpty && cell.utf8.allSatisfy { $0 &- 0x30 < 10 || $0 == 0x2E || $0 == 0x2B || $0 == 0x2D }
    }

    /// What the header of a table of something else names.
    private static let others = [
        "订单", "金额", "价格", "单价", "总价", "余额", "收入", "支出", "商品", "库存", "快递", "物流", "运单", "下单", "付款", "交易", "通话", "时长", "评分",
        "order", "amount", "price", "total", "balance", "level", "duration", "quantity",
    ]

    /// What a program's log writes where a chat has names, in capitals.
    static let logLevels: Set = ["TRACE", "DEBUG", "INFO", "NOTICE", "WARN", "WARNING", "ERROR", "FATAL", "CRITICAL", "VERBOSE"]
}
