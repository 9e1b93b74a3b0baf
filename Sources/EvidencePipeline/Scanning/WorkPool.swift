import Dispatch
import Synchronization

/// Several threads that read inputs and do the tasks that reading brings up.
///
/// Whoever reads puts tasks out and does one himself where many wait, so nobody who has work ever waits for another, and
/// no more tasks are held than two for each thread.
final class WorkPool: Sendable {
    typealias Task = @Sendable () -> Void

    private struct State {
        var tasks: [Task] = []
        var nextInput = 0
        var reading = 0
        var waiting = 0
    }

    private let jobs: Int
    private let state = Mutex(State())
    private let changed = DispatchSemaphore(value: 0)

    init(jobs: Int) {
        self.jobs = max(1, jobs)
    }

    /// Reads inputs 0..<count, begun in this order, and returns when they and all tasks are done.
    func run(_ count: Int, read: @Sendable (Int) -> Void) {
        state.withLock { $0.nextInput = 0 }
        guard jobs > 1 else {
            for input in 0..<count { read(input) }
            return
        }
        DispatchQueue.concurrentPerform(iterations: jobs) { _ in work(count, read) }
    }

    /// Puts a task out, or does it.
    func submit(_ task: @escaping Task) {
        guard jobs > 1 else { return task() }
        let isTaken = state.withLock { state in
            guard state.tasks.count < 2 * jobs else { return false }
            state.tasks.append(task)
            if state.waiting > 0 {
                state.waiting -= 1
                changed.signal()
            }
            return true
        }
        if !isTaken { task() }
    }

    private enum Step {
        case task(Task), input(Int), wait, end
    }

    private func work(_ count: Int, _ read: @Sendable (Int) -> Void) {
        while true {
            let step: Step = state.withLock { state in
                if let task = state.tasks.popLast() { return .task(task) }
                if state.nextInput < count {
                    state.nextInput += 1
                    state.reading += 1
                    return .input(state.nextInput - 1)
                }
                if state.reading == 0 { return .end }
                state.waiting += 1
                return .wait
            }
            switch step {
            case .task(let task): task()
            case .input(let input):
                read(input)
                state.withLock { state in
                    state.reading -= 1
                    guard state.reading == 0 else { return }
                    for _ in 0..<state.waiting { changed.signal() }
                    state.waiting = 0
                }
            case .wait: changed.wait()
            case .end: return
            }
        }
    }
}
