package dev.lectern.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.retrieval.BgeEmbedder;
import dev.lectern.retrieval.BookRetriever;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.random.RandomGeneratorFactory;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/// `evaluate-retrieval`: measures words, meaning and both together on a collection with judgements.
public final class EvaluateRetrievalCommand extends Command {

    /// The same questions are drawn each time, so that two runs can be compared.
    private static final long SEED = 1;

    private final PrintStream out;
    private final ObjectMapper json;

    public EvaluateRetrievalCommand(PrintStream out, ObjectMapper json) {
        super("evaluate-retrieval", "measures retrieval on a collection in BEIR's format");
        this.out = out;
        this.json = json;
    }

    @Override
    public void configure(Subparser subparser) {
        subparser
                .addArgument("--dataset")
                .metavar("DIR")
                .required(true)
                .help("a folder with corpus.jsonl, queries.jsonl and qrels/test.tsv");
        subparser.addArgument("--json").action(Arguments.storeTrue()).help("print one JSON document");
    }

    @Override
    public void run(@Nullable Bootstrap<?> bootstrap, Namespace arguments) throws IOException {
        BeirDataset dataset = dataset(Path.of(arguments.getString("dataset")));
        try (BgeEmbedder embedder = new BgeEmbedder(null)) {
            embedder.load();
            RetrievalEvaluation evaluation = RetrievalEvaluation.of(
                    dataset,
                    embedder,
                    new BookRetriever(embedder),
                    RandomGeneratorFactory.of("L64X128MixRandom").create(SEED));
            if (arguments.getBoolean("json")) {
                out.println(json.writerWithDefaultPrettyPrinter().writeValueAsString(evaluation));
            } else {
                print(evaluation);
            }
        }
    }

    private static BeirDataset dataset(Path folder) throws IOException {
        try {
            return BeirDataset.read(folder);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException(64, "There is no file " + e.getFile(), e);
        }
    }

    @Override
    public void onError(Cli cli, @Nullable Namespace namespace, Throwable failure) {
        cli.getStdErr().println(failure instanceof CommandFailedException ? failure.getMessage() : failure.toString());
    }

    private void print(RetrievalEvaluation evaluation) {
        out.printf(Locale.ROOT, "%d documents, %d questions%n%n", evaluation.documents(), evaluation.questions());
        out.printf(Locale.ROOT, "%-8s %8s %9s %16s %8s%n", "", "nDCG@10", "recall@5", "capped recall@5", "MRR@10");
        print("BM25", evaluation.bm25());
        print("dense", evaluation.dense());
        print("fused", evaluation.fused());
        out.printf(
                Locale.ROOT,
                "%nnDCG@10 with the grade as gain; difference, 95 %% interval and p of a paired bootstrap%n");
        print("fused against BM25", evaluation.fusedAgainstBm25());
        print("fused against dense", evaluation.fusedAgainstDense());
        out.printf(
                Locale.ROOT,
                "%n%.0f documents embedded per second; a search takes %.1f ms (median)%n",
                evaluation.embeddedPerSecond(),
                evaluation.medianSearchMs());
    }

    private void print(String leg, RetrievalEvaluation.Figures figures) {
        out.printf(
                Locale.ROOT,
                "%-8s %8.4f %9.4f %16.4f %8.4f%n",
                leg,
                figures.ndcg10(),
                figures.recall5(),
                figures.cappedRecall5(),
                figures.mrr10());
    }

    private void print(String pair, PairedBootstrap result) {
        out.printf(
                Locale.ROOT,
                "%-20s %+.4f [%+.4f, %+.4f] p = %.4f%n",
                pair,
                result.difference(),
                result.low(),
                result.high(),
                result.pValue());
    }
}
