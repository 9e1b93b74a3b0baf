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
        var position = 0
        func take<T: FixedWidthInteger & UnsignedInteger>(_ type: T.Type) -> T? {
            let size = T.bitWidth / 8
            guard position + size <= bytes.count else { return nil }
            var value: T = 0
            for i in 0..<size { value |= T(bytes[position + i]) << T(8 * i) }
            position += size
            return value
        }
        func takeVariable() -> UInt32? {
            var value: UInt32 = 0
            var shift: UInt32 = 0
            while position < bytes.count, shift < 35 {
                let byte = bytes[position]
                position += 1
                value |= UInt32(byte & 0x7F) << shift
                if byte < 0x80 { return value }
                shift += 7
            }
            return nil
        }
        for byte in magic { guard take(UInt8.self) == byte else { return nil } }
        guard let layerCount = take(UInt32.self), layerCount < 16 else { return nil }
        var layers: [LinearModel] = []
        for _ in 0..<layerCount {
            guard let heads = take(UInt32.self).map(Int.init), heads <= 16,
                let count = take(UInt32.self).map(Int.init), count <= bytes.count
            else { return nil }
            var biases: [Int64] = []
            for _ in 0..<heads {
                guard let bias = take(UInt64.self) else { return nil }
                biases.append(Int64(bitPattern: bias))
            }
            var features: [UInt32] = []
            var weights = [Int16](repeating: 0, count: count * heads)
            features.reserveCapacity(count)
            var previous: UInt32 = 0
            for row in 0..<count {
                guard let step = takeVariable(), let mask = take(UInt16.self) else { return nil }
                previous &+= step
                features.append(previous)
                for head in 0..<heads where mask & (1 << UInt16(head)) != 0 {
                    guard let weight = take(UInt16.self) else { return nil }
                    weights[row * heads + head] = Int16(bitPattern: weight)
                }
            }
            layers.append(LinearModel(headCount: heads, features: features, weights: weights, biases: biases))
        }
        return position == bytes.count ? ChatModel(layers: layers) : nil
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
