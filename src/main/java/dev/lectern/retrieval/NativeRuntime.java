package dev.lectern.retrieval;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The native libraries of ONNX Runtime, unpacked once into a folder of ours instead of a temporary one at each start.
final class NativeRuntime {

    /// Read by ONNX Runtime when it is first used.
    private static final String PATH_PROPERTY = "onnxruntime.native.path";

    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

    private NativeRuntime() {}

    /// Unpacks the libraries of this platform below a folder, if they are not there yet, and points the runtime to
    /// them.
    static void unpack(Path cache) throws IOException {
        Path folder = cache.resolve("onnxruntime-" + version() + "-" + platform());
        for (String library : LIBRARIES) {
            String file = System.mapLibraryName(library);
            try (InputStream packed = OrtEnvironment.class.getResourceAsStream("native/" + platform() + "/" + file)) {
                if (packed == null) {
                    return; // an unknown platform: the runtime itself says so better
                }
                UnpackedFile.place(packed, folder.resolve(file));
            }
        }
        System.setProperty(PATH_PROPERTY, folder.toAbsolutePath().toString());
    }

    private static String version() {
        String version = OrtEnvironment.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    private static String platform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String name = system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux";
        return name + (processor.equals("aarch64") ? "-aarch64" : "-x64");
    }
}
