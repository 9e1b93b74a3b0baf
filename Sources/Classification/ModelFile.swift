/// The trained model as bytes: what `juzheng train` writes and the program carries.
///
/// All numbers are little-endian. `JZM1`, number of layers; for each layer the number of heads and of features, the
/// biases (Int64), the features (UInt32, ascending, as differences in variable-length form), and for each feature a mask
/// of the heads that have a weight followed by those weights (Int16).
enum ModelFile {
    static let magic = Array("JZM1".utf8)

    static func encode(_ model: ChatModel) -> [UInt8] {
        var bytes = magic
        append(UInt32(model.layers.count), to: &bytes)
        for layer in model.layers {
            append(UInt32(layer.headCount), to: &bytes)
            append(UInt32(layer.features.count), to: &bytes)
            for bias in layer.biases { append(UInt64(bitPattern: bias), to: &bytes) }
            var previous: UInt32 = 0
            for (row, feature) in layer.features.enumerated() {
                appendVariable(feature - previous, to: &bytes)
                previous = feature
                let weights = layer.weights[row * layer.headCount..<(row + 1) * layer.headCount]
                var mask: UInt16 = 0
                for (head, weight) in weights.enumerated() where weight != 0 { mask |= 1 << UInt16(head) }
                append(mask, to: &bytes)
                for weight in weights where weight != 0 { append(UInt16(bitPattern: weight), to: &bytes) }
            }
        }
        return bytes
    }

    /// - Returns: `nil` where the bytes are no such model.
    static func decode(_ bytes: Span<UInt8>) -> ChatModel? {
        unsafe bytes.withUnsafeBytes { bytes in
            guard bytes.count >= 8, unsafe bytes.prefix(magic.count).elementsEqual(magic) else { return nil }
            var position = magic.count
            let layerCount = unsafe Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
            position += 4
            guard layerCount <= 16 else { return nil }
            var layers: [LinearModel] = []
            for _ in 0..<layerCount {
                guard let layer = unsafe decodeLayer(bytes, at: &position) else { return nil }
                layers.append(layer)
            }
            return position == bytes.count ? ChatModel(layers: layers) : nil
        }
    }

    private static func decodeLayer(_ bytes: UnsafeRawBufferPointer, at position: inout Int) -> LinearModel? {
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

    private static func appendVariable(_ value: UInt32, to bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
