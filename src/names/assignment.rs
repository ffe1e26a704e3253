//! Decides which token goes with which so that the total value is greatest: the Hungarian method
//! (Kuhn 1955, Munkres 1957) in its O(n²·m) form with potentials.

/// Highest-value one-to-one assignment of rows to columns. `values` is row by row, all rows of
/// one width, finite and not negative. Gives, for each row, its column; a row beyond the number
/// of columns has none. Ties go to the lower column; the result is deterministic.
pub(super) fn assign(values: &[Vec<f64>]) -> Vec<Option<usize>> {
    let rows = values.len();
    let columns = values.first().map_or(0, Vec::len);
    if columns == 0 {
        return vec![None; rows];
    }
    if rows > columns {
        return turned(values, columns);
    }
    let value = |row: usize, column: usize| {
        values.get(row).and_then(|line| line.get(column)).copied().unwrap_or(0.0)
    };
    // Column 0 and row 0 are the method's virtual ones.
    let mut row_potential = vec![0.0; rows + 1];
    let mut column_potential = vec![0.0; columns + 1];
    let mut row_of = vec![0_usize; columns + 1];
    for row in 1..=rows {
        row_of[0] = row;
        let mut at = 0;
        let mut least = vec![f64::INFINITY; columns + 1];
        let mut before = vec![0_usize; columns + 1];
        let mut done = vec![false; columns + 1];
        while row_of[at] != 0 {
            done[at] = true;
            let from = row_of[at];
            let (mut step, mut next) = (f64::INFINITY, 0);
            for column in 1..=columns {
                if done[column] {
                    continue;
                }
                let slack =
                    -value(from - 1, column - 1) - row_potential[from] - column_potential[column];
                if slack < least[column] {
                    least[column] = slack;
                    before[column] = at;
                }
                if least[column] < step {
                    step = least[column];
                    next = column;
                }
            }
            for column in 0..=columns {
                if done[column] {
                    row_potential[row_of[column]] += step;
                    column_potential[column] -= step;
                } else {
                    least[column] -= step;
                }
            }
            at = next;
        }
        while at != 0 {
            row_of[at] = row_of[before[at]];
            at = before[at];
        }
    }
    let mut found = vec![None; rows];
    for (column, row) in row_of.iter().enumerate().skip(1) {
        if let Some(place) = row.checked_sub(1).and_then(|row| found.get_mut(row)) {
            *place = Some(column - 1);
        }
    }
    found
}

/// More rows than columns: the same question with the sides exchanged.
fn turned(values: &[Vec<f64>], columns: usize) -> Vec<Option<usize>> {
    let transposed: Vec<Vec<f64>> = (0..columns)
        .map(|c| values.iter().map(|row| row.get(c).copied().unwrap_or(0.0)).collect())
        .collect();
    let mut found = vec![None; values.len()];
    for (column, row) in assign(&transposed).into_iter().enumerate() {
        if let Some(place) = row.and_then(|row| found.get_mut(row)) {
            *place = Some(column);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every assignment tried.
    fn best(values: &[Vec<f64>], row: usize, used: u32) -> f64 {
        let Some(line) = values.get(row) else { return 0.0 };
        let skip = best(values, row + 1, used);
        line.iter()
            .enumerate()
            .filter(|(c, _)| used & (1 << c) == 0)
            .map(|(c, v)| v + best(values, row + 1, used | 1 << c))
            .fold(skip, f64::max)
    }

    proptest! {
        #[test]
        fn no_other_assignment_is_worth_more(rows in 0_usize..5, columns in 0_usize..5, seed in proptest::collection::vec(0_u8..11, 25)) {
            let values: Vec<Vec<f64>> = (0..rows)
                .map(|r| (0..columns).map(|c| f64::from(seed[r * 5 + c]) / 10.0).collect())
                .collect();
            let found = assign(&values);
            let total: f64 = found.iter().enumerate().filter_map(|(r, c)| c.map(|c| values[r][c])).sum();
            prop_assert!((total - best(&values, 0, 0)).abs() < 1e-9);
            let mut columns: Vec<usize> = found.into_iter().flatten().collect();
            let before = columns.len();
            columns.sort_unstable();
            columns.dedup();
            prop_assert_eq!(before, columns.len());
        }
    }
}
