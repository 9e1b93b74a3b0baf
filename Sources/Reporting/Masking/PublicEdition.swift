import Classification
import Transcript

/// Evidence with other people's data masked; its IDs stay those of the original.
public struct PublicEdition {
    /// The evidence to show.
    public let evidence: Evidence
    /// The context to show it in.
    public private(set) var context: ReportContext

    public init(_ original: Evidence, context: ReportContext) {
        var names = original.result.speakers
        for message in original.result.messages.joined() where message.role != .system {
            names.formUnion([message.sender, message.senderID].compactMap { $0 })
        }
        let masking = Masking(names: names)
        var counts: [Mask.Kind: Int] = [:]
        func masked(_ text: String) -> String {
            let masks = masking.masks(in: text)
            return Masking.apply(masks, to: text)
        }
        func masked(name: String?) -> String? {
            name.map { name in
                let scalars = name.unicodeScalars.count
                return Masking.apply(
                    [Mask(kind: name.allSatisfy(\.isNumber) ? .account : .name, range: 0..<scalars)], to: name)
            }
        }
        func masked(_ message: Message, keeping kept: [Range<Int>] = []) -> (Message, [Mask]) {
            var message = message
            let masks = masking.masks(in: message.text, keeping: kept)
            message.text = Masking.apply(masks, to: message.text)
            message.sender = masked(name: message.sender)
            message.senderID = masked(name: message.senderID)
            message.title = masked(name: message.title)
            message.conversation = masked(message.conversation)
            return (message, masks)
        }

        var result = original.result
        var places: [RecordPlace: (Message, [Mask])] = [:]
        for position in result.findings.indices {
            let finding = result.findings[position]
            let proof = finding.judgement.cues.filter { !["contact", "link", "name"].contains($0.kind) }.map(\.range)
            let (message, masks) = masked(finding.message, keeping: proof)
            places[RecordPlace(file: finding.file, location: finding.message.location)] = (message, masks)
            result.findings[position].message = message
            let scalars = Array(message.text.unicodeScalars)
            for cue in finding.judgement.cues.indices {
                let range = finding.judgement.cues[cue].range.clamped(to: scalars.indices)
                var view = String.UnicodeScalarView()
                view.append(contentsOf: scalars[range])
                result.findings[position].judgement.cues[cue].text = String(view)
                result.findings[position].judgement.cues[cue].reading = nil
            }
        }
        for file in result.messages.indices {
            for index in result.messages[file].indices {
                let place = RecordPlace(file: file, location: result.messages[file][index].location)
                let (message, masks) = places[place] ?? masked(result.messages[file][index])
                result.messages[file][index] = message
                for mask in masks { counts[mask.kind, default: 0] += 1 }
            }
        }
        var used: [String: Int] = [:]
        for file in result.files.indices {
            let name = masked(result.files[file].name)
            used[name, default: 0] += 1
            result.files[file].name = used[name] == 1 ? name : "\(name)~\(used[name] ?? 1)"
            for index in result.files[file].attachments.indices {
                result.files[file].attachments[index].name = masked(name: result.files[file].attachments[index].name)
            }
        }
        for file in result.diagnostics.indices {
            for index in result.diagnostics[file].indices {
                let diagnostic = result.diagnostics[file][index]
                result.diagnostics[file][index].file = result.files[file].name
                let quoted = Self.quotedWords(of: diagnostic).map { [Mask(kind: .name, range: $0)] } ?? []
                result.diagnostics[file][index].message = masked(Masking.apply(quoted, to: diagnostic.message))
            }
        }
        result.roleNotes = result.roleNotes.map(masked)
        for index in result.archives.indices { result.archives[index].name = masked(result.archives[index].name) }
        for index in result.skipped.indices { result.skipped[index].name = masked(result.skipped[index].name) }
        for index in result.incidents.indices {
            result.incidents[index].counterparty = masked(name: result.incidents[index].counterparty)
            result.incidents[index].counterpartyID = masked(name: result.incidents[index].counterpartyID)
            for place in result.incidents[index].identifiers.indices {
                let value = result.incidents[index].identifiers[place].value
                result.incidents[index].identifiers[place].value = masked(name: value) ?? value
            }
        }
        evidence = original.showing(
            result,
            masks: original.result.findings.map { finding in
                places[RecordPlace(file: finding.file, location: finding.message.location)]?.1 ?? []
            })
        self.context = context
        self.context.masked = Mask.Kind.allCases.compactMap { kind in counts[kind].map { .init(kind: kind, count: $0) }
        }
        for index in context.dismissed.indices {
            self.context.dismissed[index].reason = context.dismissed[index].reason.map(masked)
        }
        self.context.originalCaseFile = context.caseFile
        self.context.scope.with = masked(name: context.scope.with)
        self.context.caseFile?.shop = masked(name: context.caseFile?.shop)
        for index in context.caseFile?.cases.indices ?? 0..<0 {
            guard var known = context.caseFile?.cases[index] else { continue }
            known.buyer = masked(name: known.buyer)
            known.orders = known.orders.compactMap(masked(name:))
            known.proof_number = masked(name: known.proof_number)
            known.review = known.review.map(masked)
            self.context.caseFile?.cases[index] = known
        }
    }

    /// Where a diagnostic repeats words of the file: from the first quotation mark to the last, for they may hold more.
    private static func quotedWords(of diagnostic: Diagnostic) -> Range<Int>? {
        guard ["duplicate-section", "excel-damage", "header-like", "unknown-element"].contains(diagnostic.code) else { return nil }
        let scalars = Array(diagnostic.message.unicodeScalars)
        guard let start = scalars.firstIndex(of: "“"), let end = scalars.lastIndex(of: "”"), start < end else { return nil }
        return start + 1..<end
    }
}
