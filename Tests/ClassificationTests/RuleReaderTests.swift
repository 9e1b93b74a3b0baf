import Resources
import Testing

@testable import Classification

@Suite struct RuleReaderTests {
    @Test(arguments: RuleBook.resourceNames) func `A rule is read as the decoder reads it`(name: String) throws {
        let resource = EmbeddedResource(name)
        #expect(try RuleReader.rule(resource) == RuleBook.decode(resource.bytes))
    }

    @Test func `The model that is shipped names its own fingerprint`() {
        let bytes = unsafe EmbeddedResource(ShippedModel.name).unsafeBytes
        let body = unsafe UnsafeRawBufferPointer(rebasing: bytes[12...])
        #expect(unsafe ModelFile.fingerprint(of: body) == ShippedModel.fingerprint)
    }
}
