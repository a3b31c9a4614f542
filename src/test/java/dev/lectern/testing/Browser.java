package dev.lectern.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/// The machine's own Chromium, without a window. Nothing is downloaded.
public final class Browser implements AutoCloseable {

    /// Why tests that need it are skipped where it is missing.
    public static final String MISSING =
            "the browser tests need chromium and chromedriver on the PATH; on Debian: chromium and chromium-driver";

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String AXE = "org.webjars.npm/axe-core";

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /// How a page is looked at.
    ///
    /// @param width in pixels
    /// @param scheme `light` or `dark`
    public record View(int width, String scheme) {

        /// All that the page is made for.
        public static List<View> all() {
            return Stream.of("light", "dark")
                    .flatMap(scheme -> Stream.of(new View(1440, scheme), new View(360, scheme)))
                    .toList();
        }

        @Override
        public String toString() {
            return scheme + "-" + width;
        }
    }

    public static boolean isInstalled() {
        return program("chromium") != null && program("chromedriver") != null;
    }

    public static Browser start() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(Objects.requireNonNull(program("chromium"), MISSING));
        // As root, as in a container, Chromium has no sandbox; and it sees nothing but this machine's pages.
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars");
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Objects.requireNonNull(program("chromedriver"), MISSING))
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    public void look(View view) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", view.scheme()))));
        resize(view.width(), 900);
    }

    public void open(URI page) {
        driver.get(page.toString());
    }

    /// As one who has never been there.
    public void forget() {
        driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
        driver.executeScript("sessionStorage.clear()");
    }

    /// What there is, or is there in a moment: the page draws what has changed before its next frame.
    public WebElement find(String selector) {
        return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
                .withMessage(selector)
                .until(page -> page.findElement(By.cssSelector(selector)));
    }

    public List<String> texts(String selector) {
        return driver.findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    /// The text of what there is once, also where it is not to be seen; empty where it is not there.
    public String text(String selector) {
        return String.valueOf(script("return document.querySelector(arguments[0])?.textContent ?? ''", selector));
    }

    public void click(String selector) {
        WebElement element = find(selector);
        driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
    }

    public void type(String selector, String text) {
        // As a person does it. WebDriver's own way of clearing tells the page nothing, which may draw what was there
        // anew.
        find(selector).sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
    }

    /// Presses keys where the focus is.
    public void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    public Actions mouse() {
        return new Actions(driver);
    }

    public @Nullable Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /// Waits until something is so.
    public void await(String what, Supplier<Boolean> condition) {
        await(what, PATIENCE, condition);
    }

    public void await(String what, Duration patience, Supplier<Boolean> condition) {
        new WebDriverWait(driver, patience, Duration.ofMillis(50))
                .withMessage(() -> what + ", on a page that says: " + text("#verdict"))
                .ignoring(StaleElementReferenceException.class)
                .until(_ -> condition.get());
    }

    /// Waits until there is a part of the page that says so.
    public void awaitText(String selector, String part) {
        await(selector + " with " + part, () -> text(selector).contains(part));
    }

    /// What scripts and requests have complained about since it was asked last.
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /// What axe-core finds of serious or critical impact.
    public List<?> violations() {
        driver.executeScript(axe());
        return (List<?>) Objects.requireNonNull(driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run({preload: false, resultTypes: ['violations']}).then(result => done(result.violations
                    .filter(found => ['serious', 'critical'].includes(found.impact))
                    .map(found => found.id + ': ' + found.nodes.map(node => node.html + ' ' + node.failureSummary))));
                """));
    }

    /// How high the page is, in pixels.
    public long height() {
        return ((Number) Objects.requireNonNull(script("return document.documentElement.scrollHeight"))).longValue();
    }

    /// The page from its top as WebP.
    public byte[] picture(View view, long height) {
        resize(view.width(), height);
        Map<String, Object> picture =
                driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "webp", "quality", 42));
        resize(view.width(), 900);
        return Base64.getDecoder().decode(String.valueOf(picture.get("data")));
    }

    @Override
    public void close() {
        driver.quit();
    }

    private void resize(int width, long height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    private static @Nullable File program(String name) {
        return Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
                .map(folder -> new File(folder, name))
                .filter(File::canExecute)
                .findFirst()
                .orElse(null);
    }

    private static String axe() {
        Properties artifact = new Properties();
        try (InputStream properties = resource("META-INF/maven/" + AXE + "/pom.properties")) {
            artifact.load(properties);
            String version = artifact.getProperty("version");
            try (InputStream script = resource("META-INF/resources/webjars/axe-core/" + version + "/axe.min.js")) {
                return new String(script.readAllBytes(), UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String path) {
        return Objects.requireNonNull(Browser.class.getClassLoader().getResourceAsStream(path), path);
    }
}
