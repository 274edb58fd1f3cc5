package dev.mainstay.status;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code /}, {@code /status} and {@code /status/{cluster}}: JSON, or the page for those who would rather have HTML. */
@RestController
final class StatusController {
    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

    private final StatusReader reader;
    private final StatusPage page;

    StatusController(StatusReader reader, StatusPage page) {
        this.reader = reader;
        this.page = page;
    }

    /** An error as JSON: what is wrong, and what there is instead. */
    record Unknown(String error, List<String> clusters) {}

    @GetMapping("/")
    ResponseEntity<String> home() {
        return html(reader.status());
    }

    @GetMapping("/status")
    ResponseEntity<String> status(@RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
        StatusView status = reader.status();
        return Accepted.prefersHtml(accept) ? html(status) : json(HttpStatus.OK, status);
    }

    @GetMapping("/status/{cluster}")
    ResponseEntity<String> cluster(
            @PathVariable String cluster,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
        Optional<StatusView> status = reader.status(cluster);
        if (status.isEmpty()) {
            List<String> known = reader.clusters();
            String error =
                    "no cluster '%s' is supervised here; there is %s".formatted(cluster, String.join(", ", known));
            return json(HttpStatus.NOT_FOUND, new Unknown(error, known));
        }
        return Accepted.prefersHtml(accept)
                ? html(status.get())
                : json(HttpStatus.OK, status.get().clusters().getFirst());
    }

    private ResponseEntity<String> html(StatusView status) {
        return answer(HttpStatus.OK, HTML)
                .header("Content-Security-Policy", page.contentSecurityPolicy())
                .header("Referrer-Policy", "no-referrer")
                .body(page.render(status));
    }

    private static ResponseEntity<String> json(HttpStatusCode code, Object view) {
        return answer(code, MediaType.APPLICATION_JSON).body(StatusJson.write(view));
    }

    private static ResponseEntity.BodyBuilder answer(HttpStatusCode code, MediaType type) {
        return ResponseEntity.status(code)
                .contentType(type)
                .cacheControl(CacheControl.noStore())
                .varyBy(HttpHeaders.ACCEPT)
                .header("X-Content-Type-Options", "nosniff");
    }
}
