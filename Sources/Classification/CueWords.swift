import Tokenization

extension Judgement {
    /// The same with its cues' words taken from the text they stand in, and with what they were read as where they are
    /// disguised.
    ///
    /// Words and readings follow from the text and the places alone, so that neither need be kept where judgements are.
    public func withWords(of text: String) -> Judgement {
        guard !cues.isEmpty else { return self }
        let scalars = Array(text.unicodeScalars)
        let folded = Folder().fold(text)
        let readings = DisguiseReader.standard.readings(in: folded)
        let read = folded.applying(readings)
        let disguises = readings.map { folded.originalRange(of: $0.range) }
        var judgement = self
        for index in cues.indices {
            let range = cues[index].range.clamped(to: scalars.indices)
            var words = String.UnicodeScalarView()
            words.append(contentsOf: scalars[range])
            judgement.cues[index].text = String(words)
            guard disguises.contains(where: { $0.overlaps(range) }) else { continue }
            var reading = String.UnicodeScalarView()
            for (scalar, origin) in zip(read.scalars, read.origins)
            where range.lowerBound <= Int(origin.lowerBound) && Int(origin.upperBound) <= range.upperBound {
                reading.append(scalar)
            }
            judgement.cues[index].reading = String(reading)
        }
        return judgement
    }
}
