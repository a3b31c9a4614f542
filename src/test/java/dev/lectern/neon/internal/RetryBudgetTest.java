package dev.lectern.neon.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    @Test
    void repeats_as_much_at_once_as_the_reserve_allows() {
        RetryBudget budget = new RetryBudget(3);

        assertThat(repetitions(budget, 10)).isEqualTo(3);
    }

    @Test
    void repeats_one_piece_of_work_in_five_where_all_of_it_fails() {
        RetryBudget budget = new RetryBudget(3);
        int repeated = 0;
        for (int i = 0; i < 1_000; i++) {
            budget.deposit();
            repeated += budget.withdraw() ? 1 : 0;
        }

        assertThat(repeated).isBetween(200, 203);
    }

    @Test
    void saves_no_more_than_the_reserve() {
        RetryBudget budget = new RetryBudget(3);
        for (int i = 0; i < 1_000; i++) {
            budget.deposit();
        }

        assertThat(repetitions(budget, 10)).isEqualTo(3);
    }

    private static int repetitions(RetryBudget budget, int tries) {
        int granted = 0;
        for (int i = 0; i < tries; i++) {
            granted += budget.withdraw() ? 1 : 0;
        }
        return granted;
    }
}
