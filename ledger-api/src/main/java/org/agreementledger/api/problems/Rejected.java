package org.agreementledger.api.problems;

/** A request that does not get past the door; the problem says why. */
public final class Rejected extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public Rejected(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    public static Rejected malformed(String detail) {
        return new Rejected(Problem.of(ProblemType.MALFORMED, detail));
    }

    public static Rejected parameter(String name, String detail) {
        return new Rejected(Problem.of(ProblemType.MALFORMED, detail).ofParameter(name));
    }

    public static Rejected notFound(String detail) {
        return new Rejected(Problem.of(ProblemType.NOT_FOUND, detail));
    }

    public static Rejected tooLarge(String detail) {
        return new Rejected(Problem.of(ProblemType.TOO_LARGE, detail));
    }

    public Problem problem() {
        return problem;
    }
}
