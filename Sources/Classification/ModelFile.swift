import Resources

/// The trained model as bytes: what `juzheng train` writes and the program carries.
///
/// All numbers are little-endian. `JZM4`; a fingerprint of the rest (UInt64); the gate: its limits (Int32, two), its vocabulary, its weights; the linear model:
/// its number of heads and of features (UInt32), its biases, the features and their index, its weights; the traits and
/// characters that the networks know; the number of networks, and for each its parameters and the units and biases of its
/// filters (Float, by their bits) and their table (Int8). A list of ascending numbers (UInt32) is their count, then their
/// differences in variable-length form. The lists of the gate and of the linear model, and the tables, are read where they
/// lie: they stand as they are in memory, each from a multiple of 64 bytes on.
enum ModelFile {
    static let magic = Array("JZM4".utf8)
    /// Where the fingerprint of all that follows it stands.
    private static let fingerprintPlace = 4
    private static let bodyStart = 12

    static func encode(_ model: ChatModel) -> [UInt8] {
        var bytes = magic + [UInt8](repeating: 0, count: 8)
        append(UInt32(bitPattern: model.gate.limit), to: &bytes)
        append(UInt32(bitPattern: Int32(model.gate.pairLimit)), to: &bytes)
        append(ascending: model.gate.vocabulary, to: &bytes)
        append(inPlace: model.gate.weights, to: &bytes)
        append(model.messages, to: &bytes)
        append(ascending: model.vocabulary.traits, to: &bytes)
        append(ascending: model.vocabulary.characters, to: &bytes)
        append(UInt32(model.sequences.count), to: &bytes)
        for sequence in model.sequences {
            append(sequence.parameters, to: &bytes)
            append(sequence.filters.scale, to: &bytes)
            append(sequence.filters.bias, to: &bytes)
            append(inPlace: sequence.filters.table, to: &bytes)
        }
        let hash = unsafe bytes.withUnsafeBytes { unsafe Self.fingerprint(of: UnsafeRawBufferPointer(rebasing: $0[bodyStart...])) }
        for i in 0..<8 { bytes[fingerprintPlace + i] = UInt8(truncatingIfNeeded: hash >> UInt64(8 * i)) }
        return bytes
    }

    /// The fingerprint that a model names.
    static func storedFingerprint(of bytes: UnsafeRawBufferPointer) -> UInt64 {
        guard bytes.count >= bodyStart else { return 0 }
        return unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: fingerprintPlace, as: UInt64.self))
    }

    /// Tells models apart without reading them whole: FNV-1a over words of 64 bits.
    static func fingerprint(of body: UnsafeRawBufferPointer) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var at = 0
        func take(_ word: UInt64) {
            hash = (hash ^ word) &* 0x100_0000_01B3
            hash ^= hash >> 29
        }
        while at + 8 <= body.count {
            take(unsafe UInt64(littleEndian: body.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
            at += 8
        }
        var rest: UInt64 = 0
        for offset in 0..<body.count - at { rest |= unsafe UInt64(body[at + offset]) << UInt64(8 * offset) }
        if at < body.count { take(rest) }
        return hash
    }

    private static func append(_ model: LinearModel, to bytes: inout [UInt8]) {
        append(UInt32(model.headCount), to: &bytes)
        append(UInt32(model.features.count), to: &bytes)
        append(inPlace: model.biases, to: &bytes)
        append(inPlace: model.features, to: &bytes)
        append(inPlace: model.index.bits, to: &bytes)
        append(inPlace: model.index.starts, to: &bytes)
        append(inPlace: model.weights, to: &bytes)
    }

    private static func append(_ parameters: some Sequence<SequenceModel.Lanes>, to bytes: inout [UInt8]) {
        for lanes in parameters {
            for lane in lanes.indices { append(lanes[lane].bitPattern, to: &bytes) }
        }
    }

    private static let alignment = 64

    private static func append<T: FixedWidthInteger & BitwiseCopyable>(inPlace numbers: StoredNumbers<T>, to bytes: inout [UInt8]) {
        bytes += repeatElement(0, count: -bytes.count & (alignment - 1))
        for number in numbers { append(number, to: &bytes) }
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
    static func decode(_ stored: StoredBytes) -> ChatModel? {
        let bytes = unsafe stored.bytes
        guard bytes.count >= bodyStart, unsafe bytes.prefix(magic.count).elementsEqual(magic) else { return nil }
        var position = bodyStart
        guard let limit = unsafe number(bytes, &position), let pairLimit = unsafe number(bytes, &position),
            let vocabulary = unsafe ascending(bytes, &position), vocabulary.count < 60_000,
            let weights: StoredNumbers<Int16> = inPlace(stored, &position, count: 1 << Int(Gate.bucketBits)),
            let messages = linear(stored, &position), messages.headCount == ChatModel.Head.allCases.count,
            let traits = unsafe ascending(bytes, &position), let characters = unsafe ascending(bytes, &position),
            traits.count < 60_000, characters.count < 60_000,
            let count = unsafe number(bytes, &position), count <= 16
        else { return nil }
        let networks = InputVocabulary(traits: traits, characters: characters)
        var sequences: [SequenceModel] = []
        for _ in 0..<count {
            guard let sequence = network(stored, &position, networks) else { return nil }
            sequences.append(sequence)
        }
        guard position == bytes.count else { return nil }
        return ChatModel(
            gate: Gate(
                vocabulary: vocabulary, weights: weights, limit: Int32(bitPattern: limit),
                pairLimit: Int16(truncatingIfNeeded: pairLimit)),
            messages: messages, vocabulary: networks, sequences: sequences)
    }

    private static func inPlace<T>(_ stored: StoredBytes, _ position: inout Int, count: Int) -> StoredNumbers<T>? {
        position += -position & (alignment - 1)
        guard let numbers = StoredNumbers<T>(stored, at: position, count: count) else { return nil }
        position += count * MemoryLayout<T>.stride
        return numbers
    }

    private static func linear(_ stored: StoredBytes, _ position: inout Int) -> LinearModel? {
        guard let heads = unsafe number(stored.bytes, &position).map(Int.init), heads <= LinearModel.mostHeads,
            let count = unsafe number(stored.bytes, &position).map(Int.init), unsafe count <= stored.bytes.count,
            let biases: StoredNumbers<Int64> = inPlace(stored, &position, count: heads),
            let features: StoredNumbers<UInt32> = inPlace(stored, &position, count: count),
            let bits: StoredNumbers<UInt64> = inPlace(stored, &position, count: FeatureIndex.wordCount(count)),
            let starts: StoredNumbers<UInt32> = inPlace(stored, &position, count: FeatureIndex.wordCount(count)),
            let index = FeatureIndex(features: features, bits: bits, starts: starts),
            let weights: StoredNumbers<Int16> = inPlace(stored, &position, count: count * heads + LinearModel.mostHeads)
        else { return nil }
        return LinearModel(headCount: heads, index: index, weights: weights, biases: biases)
    }

    private static func number(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) -> UInt32? {
        guard position + 4 <= bytes.count else { return nil }
        defer { position += 4 }
        return unsafe UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self))
    }

    private static func network(_ stored: StoredBytes, _ position: inout Int, _ vocabulary: InputVocabulary) -> SequenceModel? {
        let layout = SequenceModel.Layout(traitCount: vocabulary.traits.count)
        let characterCount = vocabulary.characters.count + 1
        let markCount = vocabulary.traits.count + 1
        guard let parameters = unsafe copied(stored.bytes, &position, count: layout.count),
            let scale = unsafe copied(stored.bytes, &position, count: CharacterFilters.width).map(Array.init),
            let bias = unsafe copied(stored.bytes, &position, count: CharacterFilters.width).map(Array.init),
            let table: StoredNumbers<Int8> = inPlace(
                stored, &position, count: (characterCount + markCount) * CharacterFilters.count * CharacterFilters.places),
            let filters = CharacterFilters(
                characterCount: characterCount, markCount: markCount, table: table, scale: scale, bias: bias)
        else { return nil }
        return SequenceModel(layout: layout, parameters: parameters, filters: filters)
    }

    /// Lanes do not lie as the processor wants them.
    private static func copied(
        _ bytes: UnsafeRawBufferPointer, _ position: inout Int, count: Int
    ) -> StoredNumbers<SequenceModel.Lanes>? {
        let size = MemoryLayout<SequenceModel.Lanes>.stride
        guard count <= (bytes.count - position) / size else { return nil }
        defer { position += count * size }
        let own = unsafe UnsafeRawBufferPointer(rebasing: bytes[position..<position + count * size])
        return unsafe StoredNumbers(StoredBytes(copying: own), at: 0, count: count)
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

    private static func append<T: FixedWidthInteger>(_ value: T, to bytes: inout [UInt8]) {
        for i in 0..<T.bitWidth / 8 { bytes.append(UInt8(truncatingIfNeeded: value >> T(8 * i))) }
    }
}
