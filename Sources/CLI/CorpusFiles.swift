import ArgumentParser
import Classification
import EvidencePipeline
import FoundationEssentials
import Ingestion

/// Labelled conversations on disk.
enum CorpusFiles {
    /// Reads files and folders of `.jsonl` files, in the order of their names.
    static func read(_ paths: [String]) throws -> [LabelledChat] {
        var chats: [LabelledChat] = []
        for entry in InputWalk().entries(of: paths) {
            switch entry {
            case .file(let path, let name):
                guard name.hasSuffix(".jsonl") || paths.contains(path.displayName) else { continue }
                do {
                    let bytes = try FileBytes(mapping: path)
                    chats += try Corpus.chats(bytes.bytes(in: 0..<bytes.count))
                } catch {
                    throw ValidationError(.say("\(name) 不是有标注的对话（JSON Lines）：\(error)", en: "\(name) holds no labelled conversations (JSON Lines): \(error)"))
                }
            case .skipped(let name, _, let reason, _): throw ValidationError("\(name)：\(reason)")
            case .standardInput: throw ValidationError(.say("这里不能用标准输入。", en: "Standard input cannot be used here."))
            }
        }
        return chats
    }

    static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            StandardStreams.complain(.say("写不了 \(path)，请检查权限和剩余空间。", en: "\(path) cannot be written. Check permissions and free space."))
            throw ExitCode(73)
        }
    }
}
