import Testing

@testable import Classification

/// The way back through the network.
struct SequenceGradientTests {
    private typealias Lanes = SequenceModel.Lanes
    private typealias Size = SequenceModel.Size

    private let layout = SequenceModel.Layout(traitCount: 5)

    @Test(arguments: [1, 2, 7])
    func `The gradient is what small changes show`(_ count: Int) {
        var random = SplitMix(seed: UInt64(count))
        func lanes(_ size: Float, zeroShare: Float = 0) -> Lanes {
            var lanes = Lanes()
            for lane in 0..<Size.lanes where !random.isBelow(zeroShare) { lanes[lane] = (random.unit() - 0.5) * size }
            return lanes
        }
        var parameters = (0..<layout.count).map { _ in lanes(0.4) }
        let inputs = (0..<count).map { number in
            SequenceModel.Input(traits: number % 3 == 2 ? [] : [Int32(number % 5), 4], characters: [], dense: lanes(2, zeroShare: 0.4))
        }
        let filtered = (0..<count * CharacterFilters.width).map { _ in lanes(1, zeroShare: 0.5) }
        let mask = (0..<count * Size.output).map { _ in lanes(3, zeroShare: 0.3) }
        let targets = (0..<count).map { number in (0..<10).map { $0 == 4 ? nil : (number + $0) % 3 == 0 } as [Bool?] }
        var gradient = [Lanes](repeating: Lanes(), count: layout.count)
        var run = SequenceGradient(layout: layout)
        let toFiltered = run.add(to: &gradient, inputs, filtered: filtered, targets, mask, parameters)
        #expect(toFiltered.count == filtered.count)

        /// The loss in double precision of the odds that the network gives.
        func loss(_ filtered: [Lanes]) -> Double {
            var forward = SequenceRun(layout: layout)
            var loss = 0.0
            for (odds, targets) in zip(forward.forward(inputs, filtered: filtered, parameters, mask: mask), targets) {
                for (head, target) in targets.enumerated() {
                    guard let target else { continue }
                    let share = Logistic.value(Double(odds[head]))
                    loss -= (head < 3 ? 2 : 1) * Self.logarithm(target ? share : 1 - share)
                }
            }
            return loss
        }
        func slope(_ change: (Float) -> Double) -> Double { (change(4e-3) - change(-4e-3)) / 8e-3 }
        // Of each part and kind of gate by itself, so that the large slopes of one do not hide the small ones of another.
        func rows(_ range: Range<Int>) -> [[Int]] {
            (0..<3).map { gate in range.filter { ($0 - range.lowerBound) % Size.gates / Size.state == gate } }
        }
        var parts: [[Int]] = [Array(0..<layout.embeddingBias + Size.embedding), Array(layout.output..<layout.count)]
        for direction in 0..<2 {
            let candidateBias = layout.candidateBias(direction)
            parts += rows(layout.direction(direction)..<layout.stateRows(direction))
            parts += rows(layout.stateRows(direction)..<layout.gateBias(direction))
            parts += rows(layout.gateBias(direction)..<candidateBias)
            parts.append(Array(candidateBias..<candidateBias + Size.state))
        }
        for (number, part) in parts.enumerated() {
            var difference = 0.0
            var size = 0.0
            for _ in 0..<100 {
                let row = part[Int(random.next() % UInt64(part.count))]
                let lane = Int(random.next() % 16)
                let own = parameters[row][lane]
                let shown = slope { change in
                    parameters[row][lane] = own + change
                    defer { parameters[row][lane] = own }
                    return loss(filtered)
                }
                let told = Double(gradient[row][lane])
                difference += (shown - told) * (shown - told)
                size += shown * shown
            }
            #expect(difference <= 0.002 * size, "part \(number)")
            // One message has no state before it.
            #expect(size > 0 || count == 1, "part \(number)")
        }
        var difference = 0.0
        var size = 0.0
        for _ in 0..<100 {
            let place = Int(random.next() % UInt64(filtered.count))
            let lane = Int(random.next() % 16)
            // What a filter did not find is cut off before it comes here.
            guard filtered[place][lane] != 0 else {
                #expect(toFiltered[place][lane] == 0)
                continue
            }
            let shown = slope { change in
                var changed = filtered
                changed[place][lane] += change
                return loss(changed)
            }
            let told = Double(toFiltered[place][lane])
            difference += (shown - told) * (shown - told)
            size += shown * shown
        }
        #expect(size > 0 && difference <= 0.002 * size)
    }

    /// The natural logarithm, by the series of artanh.
    private static func logarithm(_ value: Double) -> Double {
        // ln x = 2 artanh((x - 1) / (x + 1))
        let part = (value - 1) / (value + 1)
        var sum = 0.0
        var power = part
        for number in 0..<400 {
            sum += power / Double(2 * number + 1)
            power *= part * part
        }
        return 2 * sum
    }
}
