/// What stands near something that tells.
enum Neighbourhood {
    /// The positions below `count`, ascending, at most `reach` away from one that `tells`.
    static func positions(below count: Int, within reach: Int, of tells: (Int) -> Bool) -> [Int] {
        var near: [Int] = []
        var end = 0
        for index in 0..<count where tells(index) {
            let last = min(count, index + reach + 1)
            near += max(end, index - reach)..<last
            end = last
        }
        return near
    }
}
