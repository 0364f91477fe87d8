//! Arithmetic expansion (POSIX XCU 2.6.4). What depends on nothing but variables was parsed with the script;
//! where an expansion gives more than a number, the text is parsed when all of it is known.

use crate::pipeline::shown;
use crate::state::Shell;
use crate::state::options::Flag;
use crate::syntax::Bytes;
use crate::syntax::arithmetic::{self, ArithmeticError, Binary, Expression};
use crate::syntax::ast::{Arithmetic, Name, Part};

use super::{Error, Host, Result, text_of_part};

/// How many variables may stand for expressions that mention variables; a deep one counts as several.
const MAX_DEPTH: usize = 50;
/// The levels of nesting for which an expression counts as one more.
const DEEP: usize = 40;

/// The value of an arithmetic expansion.
pub fn evaluate(expansion: &Arithmetic, host: &mut dyn Host) -> Result<i64> {
    let is_literal = |part: &Part| matches!(part, Part::Literal(_));
    if let Some(tree) = expansion.tree.as_ref().filter(|_| expansion.parts.iter().all(is_literal)) {
        return Evaluation { shell: host.shell(), given: &[], depth: 0 }.value(tree);
    }
    let mut texts = Vec::with_capacity(expansion.parts.len());
    for part in &expansion.parts {
        texts.push((text_of_part(part, host)?, is_literal(part)));
    }
    let expanded = texts.iter().filter(|(_, literal)| !literal);
    let numbers: Option<Vec<i64>> = expanded.map(|(text, _)| arithmetic::signed_constant(text)).collect();
    if let (Some(tree), Some(given)) = (&expansion.tree, numbers) {
        return Evaluation { shell: host.shell(), given: &given, depth: 0 }.value(tree);
    }
    let text: Vec<u8> = texts.iter().flat_map(|(text, _)| text.iter().copied()).collect();
    let (tree, _) = arithmetic::parse(&text)?;
    Evaluation { shell: host.shell(), given: &[], depth: 0 }.value(&tree)
}

struct Evaluation<'a> {
    shell: &'a mut Shell,
    given: &'a [i64],
    depth: usize,
}

impl Evaluation<'_> {
    fn value(&mut self, expression: &Expression) -> Result<i64> {
        Ok(match expression {
            Expression::Number(number) => *number,
            Expression::Given(index) => self.given.get(*index).copied().unwrap_or(0),
            Expression::Variable(name) => self.variable(name)?,
            Expression::Binary(first, rest) => {
                let mut left = self.value(first)?;
                for (operator, right) in rest {
                    left = match operator {
                        Binary::And if left == 0 => 0,
                        Binary::Or if left != 0 => 1,
                        _ => operator.apply(left, self.value(right)?)?,
                    };
                }
                left
            }
            Expression::Conditional(operands) => match self.value(&operands.0)? {
                0 => self.value(&operands.2)?,
                _ => self.value(&operands.1)?,
            },
            Expression::Assign(name, operator, value) => {
                let value = match operator {
                    None => self.value(value)?,
                    Some(operator) => {
                        let before = self.variable(name)?;
                        operator.apply(before, self.value(value)?)?
                    }
                };
                self.shell.variables.assign(name, digits(value))?;
                value
            }
            Expression::Step { name, by, postfix } => {
                let before = self.variable(name)?;
                let after = before.wrapping_add(*by);
                self.shell.variables.assign(name, digits(after))?;
                if *postfix { before } else { after }
            }
        })
    }

    /// The number that a variable stands for: 0 where it is unset or empty; where it holds an expression,
    /// that one's value.
    fn variable(&mut self, name: &Name) -> Result<i64> {
        let constant = self.shell.variables.get(name).and_then(|value| arithmetic::signed_constant(value));
        if let Some(number) = constant {
            return Ok(number);
        }
        match self.shell.variable(name) {
            None if self.shell.options.has(Flag::NoUnset) => Err(Error::Unset(shown(&name.text))),
            None => Ok(0),
            Some(text) => {
                let (tree, levels) = arithmetic::parse(&text)?;
                match self.depth + 1 + levels / DEEP {
                    depth @ ..=MAX_DEPTH => Evaluation { shell: self.shell, given: &[], depth }.value(&tree),
                    _ => Err(ArithmeticError::TooDeep.into()),
                }
            }
        }
    }
}

/// A number as text.
pub fn digits(number: impl itoa::Integer) -> Bytes {
    itoa::Buffer::new().format(number).as_bytes().into()
}
