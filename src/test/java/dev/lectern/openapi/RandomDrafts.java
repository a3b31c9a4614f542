package dev.lectern.openapi;

import dev.lectern.openapi.Draft.Outlook;
import java.util.List;
import java.util.stream.Stream;

/// Draws requests of the contract: a third is valid, half has one thing wrong, the rest two.
final class RandomDrafts {

    private final Chance chance;
    private final ValidDrafts valid;
    private final HeadMutations heads;
    private final BodyMutations bodies;
    private final List<ContractOperation> operations;

    RandomDrafts(Contract contract, Chance chance) {
        this.chance = chance;
        this.valid = new ValidDrafts(contract, chance);
        this.heads = new HeadMutations(contract, chance);
        this.bodies = new BodyMutations(contract, chance);
        this.operations = contract.all().stream()
                .flatMap(each -> Stream.generate(() -> each).limit(share(each)))
                .toList();
    }

    /// Fewer of those that take long, or that others need much for.
    private static int share(ContractOperation operation) {
        return switch (operation.id()) {
            case "importBook" -> 1;
            case "ask", "chat", "stopAnswer", "deleteChat", "deleteConversation", "deleteReader" -> 3;
            default -> 6;
        };
    }

    Draft next() {
        Draft draft = valid.of(chance.of(operations));
        return switch (chance.between(0, 5)) {
            case 0, 1 -> draft;
            case 2 -> mutated(heads.of(draft)).expecting(Outlook.EITHER);
            default -> mutated(draft);
        };
    }

    private Draft mutated(Draft draft) {
        return draft.body() == null || chance.once(2) ? heads.of(draft) : bodies.of(draft);
    }
}
