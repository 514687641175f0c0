# Written for a release by `packaging/build.py manifests`; nix has not been tried where it was written.
{
  description = "@SUMMARY@";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs = { self, nixpkgs }:
    let
      pkgs = nixpkgs.legacyPackages.x86_64-linux;
    in {
      packages.x86_64-linux.default = pkgs.stdenv.mkDerivation {
        pname = "writetex-desktop";
        version = "@VERSION@";
        src = pkgs.fetchurl {
          url = "@DOWNLOADS@/writetex-desktop_@VERSION@_amd64.deb";
          sha256 = "@SHA256:writetex-desktop_@VERSION@_amd64.deb@";
        };
        nativeBuildInputs = [ pkgs.dpkg pkgs.autoPatchelfHook ];
        buildInputs = with pkgs; [
          stdenv.cc.cc.lib zlib libGL fontconfig freetype glib dbus libxkbcommon wayland
          xorg.libX11 xorg.libxcb libdrm
        ];
        autoPatchelfIgnoreMissingDeps = true;
        dontStrip = true;
        unpackPhase = "dpkg-deb -x $src .";
        installPhase = ''
          mkdir -p $out
          cp -a usr/* $out/
          rm -r $out/share/lintian
        '';
        meta = {
          description = "@SUMMARY@";
          homepage = "@HOMEPAGE@";
          license = pkgs.lib.licenses.mit;
          platforms = [ "x86_64-linux" ];
          mainProgram = "writetex-desktop";
        };
      };
    };
}
