import Testing
import Tokenization

@testable import Classification

/// Filters over the characters of a message, as they are trained and as they are kept.
struct CharacterFiltersTests {
    private typealias Lanes = SequenceModel.Lanes

    private let layout = FilterGradient.Layout(start: 0, characterCount: 9, markCount: 4)

    private func parameters() -> [Lanes] {
        var random = SplitMix(seed: 11)
        return (0..<layout.end).map { _ in
            var lanes = Lanes()
            for lane in lanes.indices { lanes[lane] = random.unit() - 0.5 }
            return lanes
        }
    }

    private func inputs() -> [SequenceModel.Input] {
        var random = SplitMix(seed: 5)
        return [0, 1, 2, 7, 30].map { count in
            SequenceModel.Input(
                traits: [],
                characters: (0..<count).map { _ in
                    CharacterFilters.Character(row: UInt16(random.next() % 9), mark: UInt16(random.next() % 4))
                }, dense: Lanes())
        }
    }

    @Test func `What is kept in whole numbers is what was learnt`() {
        let parameters = parameters()
        let inputs = inputs()
        var training = FilterGradient(layout: layout)
        let learnt = training.forward(inputs, parameters)
        let kept = FilterGradient.filters(layout, parameters).values(of: inputs)
        #expect(learnt.count == kept.count)
        for (learnt, kept) in zip(learnt, kept) {
            for lane in learnt.indices { #expect(abs(learnt[lane] - kept[lane]) < 0.25) }
        }
        #expect(kept[..<CharacterFilters.width].allSatisfy { $0 == Lanes() })
    }

    @Test func `The gradient is what small changes show`() {
        var parameters = parameters()
        let inputs = inputs()
        var training = FilterGradient(layout: layout)
        func loss() -> Double {
            training.forward(inputs, parameters).reduce(0) { $0 + Double(($1 * $1).sum()) / 2 }
        }
        let found = training.forward(inputs, parameters)
        var gradient = [Lanes](repeating: Lanes(), count: layout.end)
        training.begin(parameters)
        training.back(inputs, found, to: &gradient)
        training.finish(&gradient)
        var random = SplitMix(seed: 3)
        for _ in 0..<60 {
            let row = Int(random.next() % UInt64(layout.end))
            let lane = Int(random.next() % 16)
            let own = parameters[row][lane]
            parameters[row][lane] = own + 1e-3
            let more = loss()
            parameters[row][lane] = own - 1e-3
            let less = loss()
            parameters[row][lane] = own
            let slope = (more - less) / 2e-3
            #expect(abs(slope - Double(gradient[row][lane])) < 0.02 * max(10, abs(slope)))
        }
    }
}
