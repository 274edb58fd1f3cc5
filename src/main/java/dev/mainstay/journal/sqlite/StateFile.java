package dev.mainstay.journal.sqlite;

import dev.mainstay.journal.JournalException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The journal's file in the state directory. It comes into being whole: it is made under another name and then linked into
 * place. So a file without content is never a beginning of ours that was cut short, and is refused as the loss that it is.
 */
final class StateFile {
    static final String NAME = "journal.db";
    static final String LOG = "-wal";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** Where SQLite locks a file: https://www.sqlite.org/fileformat2.html#the_lock_byte_page. */
    private static final long LOCKED_FROM = 0x40000000L;

    private static final long LOCKED_BYTES = 512;

    private final Path directory;
    private final Path file;
    private final Path log;

    StateFile(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
        this.file = this.directory.resolve(NAME);
        this.log = this.directory.resolve(NAME + LOG);
    }

    @Override
    public String toString() {
        return file.toString();
    }

    /** The one connection to an up-to-date database; until it is closed, no one else gets another. */
    Connection open() {
        try {
            makeDirectory();
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                if (Files.exists(log)) {
                    throw Failure.damaged(file.toString(), "it is gone, and its log %s is not".formatted(log));
                }
                create();
            }
            if (!Files.isRegularFile(file)) {
                throw new JournalException(
                        "cannot open the journal %s: it is not a file. Move it away, or name another state directory."
                                .formatted(file));
            }
            if (!Files.isWritable(file) || !Files.isWritable(directory)) {
                throw Failure.unwritable(
                        file.toString()); // what SQLite says of a read-only disk sounds like a broken one
            }
            if (Files.size(file) == 0) {
                throw Failure.damaged(file.toString(), "the file is empty");
            }
        } catch (IOException failure) {
            throw Failure.of("open the journal " + file, failure);
        }
        return prepare(file);
    }

    /**
     * Takes a damaged journal out of the way, as evidence, with the write-ahead log that belongs to it.
     *
     * @return where it is now
     * @throws JournalException if another process holds it, or it cannot be renamed
     */
    Path setAside(Instant now) {
        Path aside = directory.resolve(NAME + ".damaged-" + STAMP.format(now));
        try {
            refuseIfHeld();
            // The log first: left behind, it would be taken for that of the next journal.
            if (Files.exists(log)) {
                Files.move(log, aside.resolveSibling(aside.getFileName() + LOG));
            }
            if (Files.exists(file)) {
                Files.move(file, aside);
            }
            return aside;
        } catch (IOException failure) {
            throw Failure.of("set the damaged journal %s aside".formatted(file), failure);
        }
    }

    /** A file whose first page is damaged is refused before it is locked: a daemon that runs may still hold it. */
    private void refuseIfHeld() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock(LOCKED_FROM, LOCKED_BYTES, false)) {
            if (lock == null) {
                throw Failure.held(file.toString());
            }
        }
    }

    private void makeDirectory() throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        if (Files.exists(directory)) {
            throw new JournalException(
                    "the state directory %s is not a directory. Name a directory that Mainstay may write to."
                            .formatted(directory));
        }
        Files.createDirectories(directory, ownerOnly());
    }

    private FileAttribute<?>[] ownerOnly() {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    private void create() throws IOException {
        // A temporary file is its owner's only, and SQLite gives the files beside it the same permissions.
        Path draft = Files.createTempFile(directory, NAME, ".draft");
        try {
            prepare(draft).close();
            link(draft);
        } catch (SQLException failure) {
            throw Failure.of("create the journal " + file, failure);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Unlike a move, a link never replaces the journal of another process that was quicker. */
    private void link(Path draft) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException quicker) {
            // Its lock decides who goes on.
        } catch (UnsupportedOperationException noLinks) {
            Files.move(draft, file);
        }
    }

    private static Connection prepare(Path file) {
        try {
            return Database.open(file);
        } catch (SQLException failure) {
            throw Failure.of("open the journal " + file, failure);
        }
    }
}
