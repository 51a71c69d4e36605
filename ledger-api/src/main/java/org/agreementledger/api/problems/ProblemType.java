package org.agreementledger.api.problems;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.agreementledger.agreement.Rule;
import org.springframework.http.HttpStatus;

/**
 * What kind of problem: one per rule of the ledger, and those of the doors themselves.
 *
 * @param status as answered for a request about one entry
 * @param advice what it means and what to do, for a person
 */
public record ProblemType(String slug, String title, HttpStatus status, String advice) {

    public static final ProblemType MALFORMED =
            new ProblemType(
                    "malformed",
                    "Malformed",
                    HttpStatus.BAD_REQUEST,
                    "The request cannot be read: the body is not the JSON that is taken here, or a parameter or header has another form, is unknown, or is given twice. 'pointer' names the place in the body, 'parameter' the query parameter, 'line' the line of an import. /v1/openapi.json describes every form.");
    public static final ProblemType NOT_FOUND =
            new ProblemType(
                    "not-found",
                    "Not found",
                    HttpStatus.NOT_FOUND,
                    "There is nothing at this address. /v1/openapi.json lists what there is.");
    public static final ProblemType METHOD_NOT_ALLOWED =
            new ProblemType(
                    "method-not-allowed",
                    "Method not allowed",
                    HttpStatus.METHOD_NOT_ALLOWED,
                    "This address does not take that method; the header Allow lists those it takes. No entry is ever changed or deleted: record a correction or a withdrawal instead.");
    public static final ProblemType NOT_ACCEPTABLE =
            new ProblemType(
                    "not-acceptable",
                    "Not acceptable",
                    HttpStatus.NOT_ACCEPTABLE,
                    "The header Accept asks for a form that this address does not have.");
    public static final ProblemType UNSUPPORTED_MEDIA_TYPE =
            new ProblemType(
                    "unsupported-media-type",
                    "Unsupported media type",
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "The header Content-Type names a form that this address cannot read. An entry is application/json, an import application/x-ndjson.");
    public static final ProblemType FOREIGN_HOST =
            new ProblemType(
                    "foreign-host",
                    "Foreign host",
                    HttpStatus.MISDIRECTED_REQUEST,
                    "The ledger listens on this machine only, and was asked for under another name: a web page elsewhere can point its own name here. Ask for it as localhost, or serve it with --address.");
    public static final ProblemType FOREIGN_ORIGIN =
            new ProblemType(
                    "foreign-origin",
                    "Foreign origin",
                    HttpStatus.FORBIDDEN,
                    "A page from elsewhere wanted a browser to send something here, and may not: such pages only read, and only where the server was started with their origin, serve --cors-origin https://grafana.example. Forms are taken from the ledger's own pages alone. Record there, or write from a program of your own.");
    public static final ProblemType TOKEN_REQUIRED =
            new ProblemType(
                    "token-required",
                    "Token required",
                    HttpStatus.UNAUTHORIZED,
                    "This ledger answers only who shows who it is. Send a token in the header 'Authorization: Bearer …', or sign in with it in the browser, at /sign-in. Whoever runs the ledger makes one: ./ledger token create --name NAME --role reader.");
    public static final ProblemType TOKEN_REFUSED =
            new ProblemType(
                    "token-refused",
                    "Token refused",
                    HttpStatus.UNAUTHORIZED,
                    "The token is none that this ledger gave out, or, where it takes those of an OpenID Connect issuer, none that this issuer signed for it: check that it is whole, and for this ledger. The header is 'Authorization: Bearer …'; a token in the address is never taken.");
    public static final ProblemType TOKEN_EXPIRED =
            new ProblemType(
                    "token-expired",
                    "Token expired",
                    HttpStatus.UNAUTHORIZED,
                    "The token held until some moment, and that is past. Ask whoever runs the ledger for a new one, or the issuer it came from.");
    public static final ProblemType TOKEN_REVOKED =
            new ProblemType(
                    "token-revoked",
                    "Token revoked",
                    HttpStatus.UNAUTHORIZED,
                    "Whoever runs the ledger took the token back, for good. Ask for a new one.");
    public static final ProblemType TOKEN_OF_ANOTHER_LEDGER =
            new ProblemType(
                    "token-of-another-ledger",
                    "Token of another ledger",
                    HttpStatus.UNAUTHORIZED,
                    "A token begins with agl_ and eight characters that name the ledger it opens, and these name another. Send it there, and the token of this ledger here.");
    public static final ProblemType ROLE_TOO_SMALL =
            new ProblemType(
                    "role-too-small",
                    "Role too small",
                    HttpStatus.FORBIDDEN,
                    "Whoever asks is known, but may not do this. A reader reads; a recorder records too; an auditor also sees figures and subscriptions; an admin may do everything. Ask whoever runs the ledger for a token of the role that the detail names.");
    public static final ProblemType TOKEN_NAME_TAKEN =
            new ProblemType(
                    "token-name-taken",
                    "Name of a token taken",
                    HttpStatus.CONFLICT,
                    "A token's name stands in what is recorded with it, so that it is given once, and stays with a token that is revoked or expired. Choose another.");
    public static final ProblemType ISSUER_UNREACHABLE =
            new ProblemType(
                    "issuer-unreachable",
                    "Issuer unreachable",
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "The OpenID Connect issuer does not tell with which keys it signs, so that nobody can say whether the token is one of its. Ask again in a moment; tokens of the ledger itself are taken meanwhile.");
    public static final ProblemType TOO_LARGE =
            new ProblemType(
                    "too-large",
                    "Too large",
                    HttpStatus.CONTENT_TOO_LARGE,
                    "An entry is at most 1 MB of JSON, an import 64 MB. Long documents belong elsewhere: record their address and SHA-256 as a source.");
    public static final ProblemType TOO_SLOW =
            new ProblemType(
                    "too-slow",
                    "Too slow",
                    HttpStatus.REQUEST_TIMEOUT,
                    "The request came in more slowly than the server waits for: its line and headers, or its body, took too long. Nothing was stored. Send it again as a whole.");
    public static final ProblemType TOO_MANY_REQUESTS =
            new ProblemType(
                    "too-many-requests",
                    "Too many requests",
                    HttpStatus.TOO_MANY_REQUESTS,
                    "One client, a token or else an address, asks for more than its share. Retry-After says when to come again, the headers RateLimit and RateLimit-Policy how much is left. Many entries go into one POST to /v1/import, and new ones come by themselves to who listens to /v1/feed/stream. Whoever runs the server sets the limit with serve --rate-limit.");
    public static final ProblemType BUSY =
            new ProblemType(
                    "busy",
                    "Busy",
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "The server holds as many large requests as its memory is meant for. Nothing was stored. Retry-After says when to come again.");
    public static final ProblemType KEY_IN_PROGRESS =
            new ProblemType(
                    "key-in-progress",
                    "Idempotency key in progress",
                    HttpStatus.CONFLICT,
                    "Another request with this Idempotency-Key is under way. Repeat the request in a moment: it gets the answer of the first.");
    public static final ProblemType READ_ONLY =
            new ProblemType(
                    "read-only",
                    "Read-only",
                    HttpStatus.FORBIDDEN,
                    "This server answers from a copy of a ledger as it stood, or from a replica of its database. Neither takes entries, whoever sends them. Record in the ledger it was copied from, or at a node of the primary; /actuator/health tells which it is.");
    public static final ProblemType WEBHOOK_REFUSED =
            new ProblemType(
                    "webhook-refused",
                    "Webhook refused",
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "The ledger sends entries to public addresses over https only, so that nobody can make it reach into the network it stands in. Whoever runs it can allow others, for http too: ./ledger serve --webhook-allow 10.1.2.0/24.");
    public static final ProblemType WEBHOOK_DISABLED =
            new ProblemType(
                    "webhook-disabled",
                    "Webhook disabled",
                    HttpStatus.CONFLICT,
                    "Nothing is sent to a webhook that is disabled. Enable it with PATCH and {\"enabled\": true}: it goes on where it stopped.");
    public static final ProblemType TOO_MANY_WEBHOOKS =
            new ProblemType(
                    "too-many-webhooks",
                    "Too many webhooks",
                    HttpStatus.CONFLICT,
                    "There can be 100 webhooks. Delete those that nobody needs; many readers are served better by the feed.");
    public static final ProblemType CHECKPOINT_NOT_SIGNED =
            new ProblemType(
                    "checkpoint-not-signed",
                    "Checkpoint not signed",
                    HttpStatus.FORBIDDEN,
                    "A witness cosigns only checkpoints that bear the signature of their log, by the key that the witness was given for it.");
    public static final ProblemType CHECKPOINT_INCONSISTENT =
            new ProblemType(
                    "checkpoint-inconsistent",
                    "Checkpoint inconsistent",
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "A witness cosigns a checkpoint only with a proof (RFC 6962, section 2.1.2) that its tree begins with the one that was cosigned last.");
    public static final ProblemType REBUILD_UNDER_WAY =
            new ProblemType(
                    "rebuild-under-way",
                    "Rebuild under way",
                    HttpStatus.CONFLICT,
                    "The read models are built again by one node at a time, and one is at it. GET /v1/rebuild tells how far it is; questions are answered meanwhile.");
    public static final ProblemType BEHIND =
            new ProblemType(
                    "read-models-behind",
                    "Read models behind",
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "What was recorded is safe, but the tables that answer questions do not hold it yet. Ask again in a moment; /actuator/health shows how far they are.");
    public static final ProblemType TOO_MANY_STREAMS =
            new ProblemType(
                    "too-many-streams",
                    "Too many streams",
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "As many readers listen to the feed as this server takes, or it is closing. Retry-After says when to come again; polling /v1/feed with If-None-Match is always possible.");
    public static final ProblemType LOG_MISMATCH =
            new ProblemType(
                    "log-mismatch",
                    "Log does not match",
                    HttpStatus.INTERNAL_SERVER_ERROR,
                    "The stored leaves and nodes do not come to the root that was signed: somebody altered the database past its guards, or it is damaged. Nothing is signed until that is mended; the newest checkpoint at /v1/checkpoint is from before. Keep it, and restore the database from a backup that agrees with it.");
    public static final ProblemType NOT_DURABLE =
            new ProblemType(
                    "not-durable",
                    "Not durable",
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "The disk is full or failed while a write was forced to it. What it holds since is not known, so this server records nothing more, and may answer nothing either; what was acknowledged before is there again afterwards. Mend the disk and start the server again, then repeat the request with the same Idempotency-Key: it is stored once.");
    public static final ProblemType UNCONFIRMED =
            new ProblemType(
                    "unconfirmed",
                    "Unconfirmed",
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "The event store could not be reached, or did not say how the write ended, so it may or may not be recorded. Repeat the request with the same Idempotency-Key, once the event store is there again: it is recorded once.");
    public static final ProblemType NOT_EMBEDDED =
            new ProblemType(
                    "not-embedded",
                    "Not an embedded database",
                    HttpStatus.CONFLICT,
                    "Only the embedded database is backed up by the ledger itself. PostgreSQL has means of its own: pg_dump, or a base backup with its write-ahead log; ./ledger verify --database URL checks what was restored from them.");
    public static final ProblemType BACKUP_NOT_NOW =
            new ProblemType(
                    "backup-not-now",
                    "No backup now",
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "A backup is of a moment at which everything stored has its position and is signed, and there was none. Try again in a moment; /actuator/health says whether something keeps entries from being signed.");
    public static final ProblemType DAMAGED =
            new ProblemType(
                    "damaged",
                    "Damaged",
                    HttpStatus.INTERNAL_SERVER_ERROR,
                    "What is stored cannot be read any more: the disk lost it, or somebody wrote into the database past its guards. The detail names the record. Stop the server, keep the database as it is, let ./ledger verify say what else is wrong, and bring the ledger back from a backup or a bundle.");
    public static final ProblemType FAILED =
            new ProblemType(
                    "failed",
                    "Failed",
                    HttpStatus.INTERNAL_SERVER_ERROR,
                    "The server failed; its log says why. A write that was not acknowledged may or may not be stored: repeat it with the same Idempotency-Key and it is stored once.");

    /** Every type there is: first the doors' own, then one per rule. */
    static final List<ProblemType> ALL =
            Stream.concat(
                            Stream.of(
                                    MALFORMED,
                                    NOT_FOUND,
                                    METHOD_NOT_ALLOWED,
                                    NOT_ACCEPTABLE,
                                    UNSUPPORTED_MEDIA_TYPE,
                                    FOREIGN_HOST,
                                    FOREIGN_ORIGIN,
                                    TOKEN_REQUIRED,
                                    TOKEN_REFUSED,
                                    TOKEN_EXPIRED,
                                    TOKEN_REVOKED,
                                    TOKEN_OF_ANOTHER_LEDGER,
                                    ROLE_TOO_SMALL,
                                    TOKEN_NAME_TAKEN,
                                    ISSUER_UNREACHABLE,
                                    TOO_LARGE,
                                    TOO_SLOW,
                                    TOO_MANY_REQUESTS,
                                    BUSY,
                                    KEY_IN_PROGRESS,
                                    READ_ONLY,
                                    WEBHOOK_REFUSED,
                                    WEBHOOK_DISABLED,
                                    TOO_MANY_WEBHOOKS,
                                    CHECKPOINT_NOT_SIGNED,
                                    CHECKPOINT_INCONSISTENT,
                                    REBUILD_UNDER_WAY,
                                    BEHIND,
                                    TOO_MANY_STREAMS,
                                    LOG_MISMATCH,
                                    NOT_DURABLE,
                                    UNCONFIRMED,
                                    NOT_EMBEDDED,
                                    BACKUP_NOT_NOW,
                                    DAMAGED,
                                    FAILED),
                            Arrays.stream(Rule.values()).map(ProblemType::of))
                    .toList();

    public static ProblemType of(Rule rule) {
        return new ProblemType(rule.slug(), rule.title(), status(rule), advice(rule));
    }

    /** A status that some layer below us chose, as the nearest type of ours. */
    static ProblemType of(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> NOT_FOUND;
            case METHOD_NOT_ALLOWED -> METHOD_NOT_ALLOWED;
            case NOT_ACCEPTABLE -> NOT_ACCEPTABLE;
            case UNSUPPORTED_MEDIA_TYPE -> UNSUPPORTED_MEDIA_TYPE;
            case CONTENT_TOO_LARGE -> TOO_LARGE;
            case REQUEST_TIMEOUT -> TOO_SLOW;
            default ->
                    status.is4xxClientError()
                            ? new ProblemType(
                                    MALFORMED.slug, MALFORMED.title, status, MALFORMED.advice)
                            : FAILED;
        };
    }

    static Optional<ProblemType> named(String slug) {
        return ALL.stream().filter(type -> type.slug.equals(slug)).findFirst();
    }

    public String uri() {
        return "/problems/" + slug;
    }

    private static HttpStatus status(Rule rule) {
        return switch (rule) {
            case AGREEMENT_UNKNOWN -> HttpStatus.NOT_FOUND;
            case AGREEMENT_EXISTS -> HttpStatus.CONFLICT;
            case SEQUENCE_MOVED -> HttpStatus.PRECONDITION_FAILED;
            case AGREEMENT_CLOSED,
                    KIND_CANNOT_CHANGE_TERMS,
                    NOT_BINDING,
                    TERM_TWICE,
                    TERM_ALREADY_IN_FORCE,
                    TERM_NOT_IN_FORCE,
                    TERM_ALREADY_KNOWN,
                    RESTATEMENT_INCOMPLETE,
                    VALIDITY_EMPTY,
                    OCCURRED_IN_FUTURE,
                    HISTORY_CONTRADICTS,
                    ENTRY_UNKNOWN,
                    ENTRY_NOT_CORRECTABLE,
                    ENTRY_WITHDRAWN,
                    ENTRY_ALREADY_CONFIRMED,
                    REF_TAKEN,
                    KEY_REUSED ->
                    HttpStatus.UNPROCESSABLE_CONTENT;
        };
    }

    private static String advice(Rule rule) {
        return switch (rule) {
            case AGREEMENT_EXISTS ->
                    "An agreement is opened once. Record further entries under /v1/agreements/{id}/entries; if the opening was wrong, record a correction of entry 1.";
            case AGREEMENT_UNKNOWN ->
                    "No agreement of this id was known at that moment. GET /v1/agreements lists all; POST an opening to /v1/agreements to begin one.";
            case AGREEMENT_CLOSED ->
                    "The agreement ended before this would take effect, and the term does not outlive it. If the closing was wrong, correct or withdraw it; an earlier validFrom is possible.";
            case KIND_CANNOT_CHANGE_TERMS ->
                    "Only an opening, an amendment and a closing change terms. An announcement, a funding round or a partnership can disclose and reaffirm; if terms changed too, record an amendment beside it.";
            case NOT_BINDING ->
                    "An entry with binding: false, a memorandum or a letter of intent, cannot change terms. Name the terms it is about under 'concerns'.";
            case TERM_TWICE ->
                    "One entry says at most one thing about one term. Join the two actions, or record two entries.";
            case TERM_ALREADY_IN_FORCE ->
                    "A term can be introduced only where it is not in force. To alter a term in force, use the action change; to say more of it, disclose.";
            case TERM_NOT_IN_FORCE ->
                    "Only a term in force on that day can be changed or retired, and none that is retired can be disclosed. Look at the term's history, and check validFrom.";
            case TERM_ALREADY_KNOWN ->
                    "The disclosure adds nothing to what was known of the term on that day. To record that somebody said it again, use the action reaffirm.";
            case RESTATEMENT_INCOMPLETE ->
                    "An amendment that restates the agreement must introduce, change, retire or reaffirm every term in force. Reaffirm the named ones, or all the rest with the key *.";
            case VALIDITY_EMPTY ->
                    "validTo is the first day on which the term no longer holds, so it must be after validFrom.";
            case OCCURRED_IN_FUTURE ->
                    "An entry records what has occurred; occurredOn is at most tomorrow, UTC. What takes effect later says so in effectiveOn or validFrom.";
            case HISTORY_CONTRADICTS ->
                    "The entry is fine by itself, but with it a later one that is already recorded would not have been possible. Correct or withdraw that one first; the detail names it.";
            case ENTRY_UNKNOWN ->
                    "The agreement has no entry of that sequence or ref. GET /v1/agreements/{id}/entries lists them.";
            case ENTRY_NOT_CORRECTABLE ->
                    "Corrections, withdrawals and confirmations are not themselves corrected, an opening is not withdrawn nor merely reported. Correct the original entry again instead.";
            case ENTRY_WITHDRAWN ->
                    "The entry was withdrawn, so there is nothing left to correct, withdraw or confirm. Record it anew.";
            case ENTRY_ALREADY_CONFIRMED ->
                    "Only an entry of standing reported can be confirmed, and once.";
            case REF_TAKEN ->
                    "A ref names one entry of an agreement. Choose another, or correct the entry that has it.";
            case KEY_REUSED ->
                    "This Idempotency-Key was used for other content, or on another address. Use a new key for a new request.";
            case SEQUENCE_MOVED ->
                    "Somebody recorded an entry since you last looked: the sequence in If-Match is not the newest any more. Read the agreement again, and decide again.";
        };
    }
}
