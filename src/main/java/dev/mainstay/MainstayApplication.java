package dev.mainstay;

import dev.mainstay.planning.Pass;
import dev.mainstay.reconcile.PassPublisher;
import dev.mainstay.status.StatusConfiguration;
import dev.mainstay.status.StatusInputs;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.web.context.support.StandardServletEnvironment;

/** The Spring side of the daemon: HTTP, health, metrics. It supervises nothing, and reads what is published. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(StatusConfiguration.class)
public class MainstayApplication {

    /**
     * Starts it, and subscribes what it shows to the passes.
     *
     * @param bootKeys Spring Boot's own keys from the operator's config; they come before the shipped ones and after the
     *     environment
     * @throws StartFailed if it cannot be started, such as for a port that is in use
     */
    public static ConfigurableApplicationContext start(
            StatusInputs inputs, PassPublisher passes, Map<String, Object> bootKeys) {
        SpringApplication application = new SpringApplication(MainstayApplication.class);
        StandardServletEnvironment environment = new StandardServletEnvironment();
        environment
                .getPropertySources()
                .addAfter(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new OriginTrackedMapPropertySource("the operator's config", bootKeys, true));
        application.setEnvironment(environment);
        application.setDefaultProperties(logging());
        application.addInitializers(
                context -> ((GenericApplicationContext) context).registerBean(StatusInputs.class, () -> inputs));
        ConfigurableApplicationContext context;
        try {
            context = application.run();
        } catch (RuntimeException e) {
            throw new StartFailed(e);
        }
        ObjectProvider<Consumer<Pass>> consumers =
                context.getBeanProvider(ResolvableType.forClassWithGenerics(Consumer.class, Pass.class));
        consumers.orderedStream().forEach(passes::subscribe);
        return context;
    }

    /** Lines for people on a terminal, JSON for the journal of systemd, which says that it listens. */
    private static Map<String, Object> logging() {
        Map<String, Object> keys = new HashMap<>();
        keys.put("logging.level.root", "WARN");
        keys.put("logging.level.mainstay", "INFO");
        keys.put("logging.level.dev.mainstay", "INFO");
        // A failed start is told in one line by whoever started it, instead of a page by each of these.
        keys.put("logging.level." + SpringApplication.class.getName(), "OFF");
        keys.put("logging.level." + AnnotationConfigServletWebServerApplicationContext.class.getName(), "OFF");
        keys.put("logging.level.org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter", "OFF");
        keys.put("logging.pattern.console", "%d{yyyy-MM-dd'T'HH:mm:ss'Z', UTC} %-5p %m%n%ex{0}");
        if (System.getenv("JOURNAL_STREAM") != null) {
            keys.put("logging.structured.format.console", "logstash");
        }
        return keys;
    }
}
