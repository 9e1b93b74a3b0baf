/// Tells whether anything is said below the headers of a text.
///
/// Where a time ends lines that say all of a message, as `name: words (time)`, those lines look like headers of other
/// forms, with nothing below them.
struct BodyCount {
    private var headers = 0
    private var spoken = 0
    private var isOpen = false
    /// The first headers tell; later ones may be quoted.
    private static let reach = 20

    /// Takes a header.
    /// - Parameter speaks: whether its own line says something.
    mutating func header(speaks: Bool = false) {
        guard headers < Self.reach else { return isOpen = false }
        headers += 1
        if speaks { spoken += 1 }
        isOpen = !speaks
    }

    /// Takes a line of a body that is not blank.
    mutating func line() {
        if isOpen { spoken += 1 }
        isOpen = false
    }

    /// Whether the headers have nothing below them, but for a few.
    var isEmpty: Bool { headers >= 2 && spoken * 10 <= headers }
}
