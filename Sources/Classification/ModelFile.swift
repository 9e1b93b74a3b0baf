/// The trained model as bytes: what `juzheng train` writes and the program carries.
///
/// All numbers are little-endian. `JZM2`; the gate: its limits (Int32, two), its vocabulary, its weights as a linear model with
/// one head; the linear model; the number of networks, and for each its traits and its parameters (Float, by their
/// bits). A list of ascending numbers (UInt32) is their count, then their differences in variable-length form. A linear
/// model is its number of heads and of features, the biases (Int64), and for each feature its difference from the one
/// before, a mask of the heads that have a weight, and those weights (Int16).
enum ModelFile {
    static let magic = Array("JZM2".utf8)

    static func encode(_ model: ChatModel) -> [UInt8] {
        var bytes = magic
        append(UInt32(bitPattern: model.gate.limit), to: &bytes)
        append(UInt32(bitPattern: Int32(model.gate.pairLimit)), to: &bytes)
        append(ascending: model.gate.vocabulary, to: &bytes)
        let buckets = model.gate.weights.indices.filter { model.gate.weights[$0] != 0 }
        append(
            LinearModel(
                headCount: 1, features: buckets.map(UInt32.init), weights: buckets.map { model.gate.weights[$0] }, biases: [0]),
            to: &bytes)
        append(model.messages, to: &bytes)
        append(UInt32(model.sequences.count), to: &bytes)
        for sequence in model.sequences {
            append(ascending: sequence.traits, to: &bytes)
            for lanes in sequence.parameters {
                for lane in lanes.indices { append(lanes[lane].bitPattern, to: &bytes) }
            }
        }
        return bytes
    }

    private static func append(_ model: LinearModel, to bytes: inout [UInt8]) {
        append(UInt32(model.headCount), to: &bytes)
        append(UInt32(model.features.count), to: &bytes)
        for bias in model.biases { append(UInt64(bitPattern: bias), to: &bytes) }
        var previous: UInt32 = 0
        for (row, feature) in model.features.enumerated() {
            appendVariable(feature - previous, to: &bytes)
            previous = feature
            let weights = model.weights[row * model.headCount..<(row + 1) * model.headCount]
            var mask: UInt16 = 0
            for (head, weight) in weights.enumerated() where weight != 0 { mask |= 1 << UInt16(head) }
            append(mask, to: &bytes)
            for weight in weights where weight != 0 { append(UInt16(bitPattern: weight), to: &bytes) }
        }
    }

    private static func append(ascending numbers: [UInt32], to bytes: inout [UInt8]) {
        append(UInt32(numbers.count), to: &bytes)
        var previous: UInt32 = 0
        for number in numbers {
            appendVariable(number - previous, to: &bytes)
            previous = number
        }
    }

    private static func appendVariable(_ value: UInt32, to bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// - Returns: `nil` where the bytes are no such model.
    static func decode(_ bytes: Span<UInt8>) -> ChatModel? {
        unsafe bytes.withUnsafeBytes { bytes in
            guard bytes.count >= 8, unsafe bytes.prefix(magic.count).elementsEqual(magic) else { return nil }
            var position = magic.count
            guard let limit = unsafe number(bytes, &position), let pairLimit = unsafe number(bytes, &position), let vocabulary = unsafe ascending(bytes, &position),
                vocabulary.count < 60_000, let gate = unsafe linear(bytes, at: &position), gate.headCount == 1,
                gate.features.allSatisfy({ $0 < 1 << Gate.bucketBits }), let messages = unsafe linear(bytes, at: &position),
                messages.headCount == ChatModel.Head.allCases.count, let count = unsafe number(bytes, &position), count <= 16
            else { return nil }
            var weights = [Int16](repeating: 0, count: 1 << Int(Gate.bucketBits))
            for (row, bucket) in gate.features.enumerated() { weights[Int(bucket)] = gate.weights[row] }
            var sequences: [SequenceModel] = []
            for _ in 0..<count {
                guard let sequence = unsafe network(bytes, &position) else { return nil }
                sequences.append(sequence)
            }
            guard position == bytes.count else { return nil }
            return ChatModel(
                gate: Gate(
                    vocabulary: vocabulary, weights: weights, limit: Int32(bitPattern: limit),
                    pairLimit: Int16(truncatingIfNeeded: pairLimit)), messages: messages,
                sequences: sequences)
        }
    }

    private static func number(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) -> UInt32? {
        guard position + 4 <= bytes.count else { return nil }
        defer { position += 4 }
        return unsafe UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self))
    }

    private static func network(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) -> SequenceModel? {
        guard let traits = unsafe ascending(bytes, &position) else { return nil }
        let layout = SequenceModel.Layout(traitCount: traits.count)
        guard layout.count * 64 <= bytes.count - position else { return nil }
        var parameters: [SequenceModel.Lanes] = []
        parameters.reserveCapacity(layout.count)
        for _ in 0..<layout.count {
            var lanes = SequenceModel.Lanes()
            for lane in lanes.indices { lanes[lane] = Float(bitPattern: unsafe number(bytes, &position) ?? 0) }
            parameters.append(lanes)
        }
        return SequenceModel(traits: traits, parameters: parameters)
    }

    private static func ascending(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) -> [UInt32]? {
        guard let count = unsafe number(bytes, &position).map(Int.init), count <= bytes.count - position else { return nil }
        var numbers: [UInt32] = []
        numbers.reserveCapacity(count)
        var previous: UInt32 = 0
        for _ in 0..<count {
            var step: UInt32 = 0
            var shift: UInt32 = 0
            var byte: UInt8 = 0x80
            while byte & 0x80 != 0, position < bytes.count, shift < 35 {
                byte = unsafe bytes[position]
                step |= UInt32(byte & 0x7F) << shift
                shift += 7
                position += 1
            }
            guard byte & 0x80 == 0 else { return nil }
            previous &+= step
            numbers.append(previous)
        }
        return numbers
    }

    private static func linear(_ bytes: UnsafeRawBufferPointer, at position: inout Int) -> LinearModel? {
        var at = position
        guard at + 8 <= bytes.count else { return nil }
        let heads = unsafe Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self)))
        let count = unsafe Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self)))
        at += 8
        // A feature takes at least three bytes.
        guard heads <= LinearModel.mostHeads, at + heads * 8 + count * 3 <= bytes.count else { return nil }
        var biases: [Int64] = []
        for _ in 0..<heads {
            biases.append(unsafe Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: Int64.self)))
            at += 8
        }
        var weights = [Int16](repeating: 0, count: count * heads + LinearModel.mostHeads)
        var isWhole = true
        let features = unsafe weights.withUnsafeMutableBufferPointer { weights in
            unsafe [UInt32](unsafeUninitializedCapacity: count) { features, initialized in
                var previous: UInt32 = 0
                var row = 0
                while row < count {
                    var step: UInt32 = 0
                    var shift: UInt32 = 0
                    var byte: UInt8 = 0x80
                    while byte & 0x80 != 0, at < bytes.count, shift < 35 {
                        byte = unsafe bytes[at]
                        step |= UInt32(byte & 0x7F) << shift
                        shift += 7
                        at += 1
                    }
                    guard byte & 0x80 == 0, at + 2 <= bytes.count else { break }
                    var mask = unsafe UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt16.self))
                    at += 2
                    guard mask >> UInt16(heads) == 0 else { break }
                    while mask != 0, at + 2 <= bytes.count {
                        unsafe weights[row * heads + mask.trailingZeroBitCount] =
                            unsafe Int16(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: Int16.self))
                        at += 2
                        mask &= mask - 1
                    }
                    guard mask == 0 else { break }
                    previous &+= step
                    unsafe features[row] = previous
                    row += 1
                }
                isWhole = row == count
                initialized = row
            }
        }
        position = at
        guard isWhole else { return nil }
        return LinearModel(headCount: heads, features: features, paddedWeights: weights, biases: biases)
    }

    private static func append<T: FixedWidthInteger>(_ value: T, to bytes: inout [UInt8]) {
        for i in 0..<T.bitWidth / 8 { bytes.append(UInt8(truncatingIfNeeded: value >> T(8 * i))) }
    }
}
