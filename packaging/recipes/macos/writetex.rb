# For a tap of our own: brew install --cask writetex/tap/writetex
# Written for a release by `packaging/build.py manifests`; brew has not been tried where it was written.
cask "writetex" do
  arch arm: "arm64", intel: "x86_64"

  version "@VERSION@"
  sha256 arm:   "@SHA256:WriteTex-@VERSION@-arm64.dmg@",
         intel: "@SHA256:WriteTex-@VERSION@-x86_64.dmg@"

  url "@DOWNLOADS@/WriteTex-#{version}-#{arch}.dmg"
  name "WriteTex"
  desc "@SUMMARY@"
  homepage "@HOMEPAGE@"

  depends_on macos: ">= :monterey"

  app "WriteTex.app"
  binary "#{appdir}/WriteTex.app/Contents/MacOS/writetex"

  zap trash: [
    "~/Library/Application Support/writetex-desktop",
    "~/Library/LaunchAgents/io.github.writetex.WriteTexDesktop.plist",
  ]
end
