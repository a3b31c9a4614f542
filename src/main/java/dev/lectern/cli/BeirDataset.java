package dev.lectern.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A collection of documents, questions and judgements in the format of [BEIR](https://github.com/beir-cellar/beir).
///
/// @param documents in the order of the file
/// @param questions those that have judgements, in the order of the file
public record BeirDataset(List<Document> documents, List<Question> questions) {

    private static final int BAD_INPUT = 1;

    /// A document.
    public record Document(String id, String title, String text) {}

    /// A question and the grades of the documents that were judged relevant to it.
    public record Question(String id, String text, Map<String, Integer> grades) {}

    /// Reads `corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv`.
    ///
    /// @throws IOException if one is missing or cannot be read
    /// @throws CommandFailedException if one is not in the format; the message names file and line
    public static BeirDataset read(Path folder) throws IOException {
        Map<String, Map<String, Integer>> grades =
                grades(folder.resolve("qrels").resolve("test.tsv"));
        List<Document> documents = lines(folder.resolve("corpus.jsonl")).stream()
                .map(line -> new Document(line.required("_id"), line.optional("title"), line.required("text")))
                .toList();
        List<Question> questions = lines(folder.resolve("queries.jsonl")).stream()
                .map(line -> new Question(
                        line.required("_id"),
                        line.required("text"),
                        Map.copyOf(grades.getOrDefault(line.required("_id"), Map.of()))))
                .filter(question -> !question.grades().isEmpty())
                .toList();
        if (documents.isEmpty() || questions.isEmpty()) {
            throw new CommandFailedException(BAD_INPUT, folder + " has no documents, or no questions with judgements");
        }
        return new BeirDataset(documents, questions);
    }

    private record Line(Path file, int number, JsonNode json) {

        String required(String field) {
            JsonNode value = json.get(field);
            if (value == null || !value.isValueNode()) {
                throw new CommandFailedException(BAD_INPUT, file + ":" + number + ": " + field + " is missing");
            }
            return value.asText();
        }

        String optional(String field) {
            return json.path(field).asText("");
        }
    }

    private static List<Line> lines(Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<Line> lines = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    lines.add(new Line(file, number, parse(mapper, line, file + ":" + number)));
                }
            }
        }
        return lines;
    }

    private static JsonNode parse(ObjectMapper mapper, String line, String place) {
        try {
            return mapper.readTree(line);
        } catch (JsonProcessingException e) {
            throw new CommandFailedException(BAD_INPUT, place + ": is not JSON", e);
        }
    }

    private static Map<String, Map<String, Integer>> grades(Path file) throws IOException {
        Map<String, Map<String, Integer>> grades = new HashMap<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 1; i < lines.size(); i++) { // the first names the columns
            String line = lines.get(i);
            if (line.isBlank()) {
                continue;
            }
            String[] columns = line.split("\t", -1);
            if (columns.length != 3 || !columns[2].strip().matches("-?\\d+")) {
                throw new CommandFailedException(
                        BAD_INPUT, file + ":" + (i + 1) + ": is not question, document and grade");
            }
            int grade = Integer.parseInt(columns[2].strip());
            if (grade > 0) {
                grades.computeIfAbsent(columns[0], question -> new HashMap<>()).put(columns[1], grade);
            }
        }
        return grades;
    }
}
