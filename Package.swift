// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// The program brings the Swift runtime along: it starts in half the time, and runs where no Swift is installed.
let selfContained = SwiftSetting.unsafeFlags(["-static-stdlib"], .when(platforms: [.linux], configuration: .release))

let package = Package(
    name: "juzheng",
    products: [
        .executable(name: "juzheng", targets: ["CLI"]),
        .library(name: "EvidencePipeline", targets: ["EvidencePipeline"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // C shims: one opaque header each, the library's own headers only in the .c files.
        .target(name: "CICU", linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n"), .linkedLibrary("icudata")]),
        // The data files of the modules below, taken into the binary with #embed.
        .target(name: "CResources"),
        .target(name: "CHash", linkerSettings: [.linkedLibrary("crypto")]),
        // The inner loops of the models, compiled for several processors.
        .target(name: "CSequence"),
        .target(name: "CArchive", linkerSettings: [.linkedLibrary("archive")]),

        // The pipeline, in the order data flows through it.
        .target(name: "Transcript"),
        .target(name: "Hashing", dependencies: ["CHash"]),
        .target(name: "Ingestion", dependencies: ["Transcript", "Hashing", "CICU", "CArchive"]),
        .target(name: "Resources", dependencies: ["CResources"]),
        .target(name: "Tokenization", dependencies: ["CICU", "Resources"], exclude: ["Resources"]),
        .target(
            name: "Classification", dependencies: ["CSequence", "Transcript", "Tokenization", "Resources"],
            exclude: ["Resources", "Rules"]),
        .target(
            name: "Reporting", dependencies: ["Transcript", "Classification", "Hashing", "Resources"], exclude: ["Resources"]),
        .target(
            name: "EvidencePipeline",
            dependencies: [
                "Transcript", "Ingestion", "Tokenization", "Classification", "Reporting", "Hashing", "Resources", "CArchive",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .target(
            name: "WebPage",
            dependencies: [
                "Classification", "EvidencePipeline", "Ingestion", "Reporting", "Resources", "Transcript",
                // The sockets of FlyingFox without its HTTP, which takes the networking of Foundation with it.
                .product(name: "FlyingSocks", package: "FlyingFox"),
            ],
            exclude: ["Resources"]),
        .executableTarget(
            name: "CLI",
            dependencies: [
                "Classification", "EvidencePipeline", "Ingestion", "Reporting", "Tokenization", "Transcript", "WebPage",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: [selfContained], linkerSettings: [.unsafeFlags(["-static-stdlib"], .when(platforms: [.linux], configuration: .release))]),

        .testTarget(name: "CLITests", dependencies: ["CLI", .product(name: "GRDB", package: "GRDB.swift")]),
        .testTarget(
            name: "IngestionTests", dependencies: ["Ingestion", "Transcript", "EvidencePipeline", "Reporting"],
            exclude: ["Archives", "Fixtures"]),
        .executableTarget(
            name: "EvasionMatrix", dependencies: ["Tokenization", "Resources"], path: "Tests/EvasionMatrix", exclude: ["MATRIX.md"]),
        .executableTarget(
            name: "TokenizationBenchmark", dependencies: ["Tokenization", "Resources", "CICU"], path: "Tests/Benchmarks/Tokenization"),
        .executableTarget(
            name: "ClassificationBenchmark", dependencies: ["Classification", "Tokenization", "Transcript"],
            path: "Tests/Benchmarks/Classification"),
        .testTarget(name: "TokenizationTests", dependencies: ["Tokenization", "EvasionMatrix", "Resources", "CICU"]),
        .testTarget(
            name: "EvidencePipelineTests",
            dependencies: ["EvidencePipeline", "Ingestion", "Reporting", "Classification", "Transcript"]),
        .testTarget(
            name: "ClassificationTests", dependencies: ["Classification", "CSequence", "EvasionMatrix", "Resources", "Tokenization", "Transcript"]),
        .testTarget(
            name: "WebPageTests",
            dependencies: ["WebPage", "EvidencePipeline", "Ingestion", "Reporting", "Resources"]),
        .testTarget(name: "ReportingTests", dependencies: ["Reporting", "Classification", "Transcript", "Hashing"], exclude: ["Golden"]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c17
)

// libFuzzer is there only where the sanitizer is; `Tests/Fuzz/run` asks for it.
if Context.environment["JUZHENG_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(name: "Fuzz", dependencies: ["Classification", "Ingestion", "Transcript"], path: "Tests/Fuzz", exclude: ["run"]))
}

for target in package.targets where target.type == .regular || target.type == .executable || target.type == .test {
    let isC = target.name.hasPrefix("C") && target.name.dropFirst().first?.isUppercase == true && target.name != "CLI"
    if !isC { target.swiftSettings = strict + (target.swiftSettings ?? []) }
    // The main function is libFuzzer's.
    if target.name == "Fuzz" { target.swiftSettings?.append(.unsafeFlags(["-parse-as-library"])) }
}
