//! `test` and `[` (POSIX XCU test): decided by the number of arguments up to four, and by precedence beyond.

use crate::pipeline::{Status, shown};
use crate::syntax::Bytes;
use crate::sys::{files, terminal};

use super::{Action, Call, behind, number};

/// Whether an expression is true, or what is wrong with it.
type Answer = Result<bool, String>;

pub fn test(call: &mut Call<'_>) -> super::Answer {
    tell(call, decide(call.arguments))
}

pub fn bracket(call: &mut Call<'_>) -> super::Answer {
    let answer = match call.arguments.split_last() {
        Some((last, expression)) if **last == *b"]" => decide(expression),
        _ => Err("`]` is missing".to_owned()),
    };
    tell(call, answer)
}

fn tell(call: &Call<'_>, answer: Answer) -> super::Answer {
    let is_true = answer.map_err(|problem| call.wrong(problem))?;
    Ok(Action::Done(Status::of(is_true)))
}

fn decide(arguments: &[Bytes]) -> Answer {
    match arguments {
        [] => Ok(false),
        [one] => Ok(!one.is_empty()),
        [left, operator, right] if let Some(answer) = binary(left, operator, right) => answer,
        [left, and, right] if **and == *b"-a" => Ok(!left.is_empty() && !right.is_empty()),
        [left, or, right] if **or == *b"-o" => Ok(!left.is_empty() || !right.is_empty()),
        [not, rest @ ..] if **not == *b"!" && rest.len() < 4 => decide(rest).map(|answer| !answer),
        [open, inner @ .., close] if **open == *b"(" && **close == *b")" && matches!(inner.len(), 1 | 2) => {
            decide(inner)
        }
        [operator, operand] if let Some(answer) = unary(operator, operand) => answer,
        [operator, _] | [_, operator, _] => Err(wrong(operator, "not an operator")),
        _ => {
            let mut expression = Expression { rest: arguments, depth: 0 };
            let answer = expression.or()?;
            expression.rest.first().map_or(Ok(answer), |extra| Err(wrong(extra, "unexpected")))
        }
    }
}

/// What is wrong with a word. Apart, so that it costs nothing where nothing is.
#[cold]
fn wrong(word: &[u8], why: &str) -> String {
    format!("{}: {why}", shown(word))
}

/// None where it is no operator with one operand.
fn unary(operator: &[u8], operand: &Bytes) -> Option<Answer> {
    let [b'-', letter] = operator else { return None };
    Some(Ok(match letter {
        b'n' => !operand.is_empty(),
        b'z' => operand.is_empty(),
        b't' => return Some(integer(operand).map(|fd| i32::try_from(fd).is_ok_and(terminal::is_terminal))),
        b'a' | b'o' => return None,
        letter => files::test(*letter, operand)?,
    }))
}

/// None where it is no operator with two operands.
fn binary(left: &Bytes, operator: &[u8], right: &Bytes) -> Option<Answer> {
    let compare = |holds: fn(&i64, &i64) -> bool| {
        Some(integer(left).and_then(|left| Ok(holds(&left, &integer(right)?))))
    };
    match operator {
        b"=" | b"==" => Some(Ok(left == right)),
        b"!=" => Some(Ok(left != right)),
        b"<" => Some(Ok(left < right)),
        b">" => Some(Ok(left > right)),
        b"-eq" => compare(i64::eq),
        b"-ne" => compare(i64::ne),
        b"-lt" => compare(i64::lt),
        b"-le" => compare(i64::le),
        b"-gt" => compare(i64::gt),
        b"-ge" => compare(i64::ge),
        b"-nt" => Some(Ok(files::is_newer(left, right))),
        b"-ot" => Some(Ok(files::is_newer(right, left))),
        b"-ef" => Some(Ok(files::is_same(left, right))),
        _ => None,
    }
}

fn integer(text: &[u8]) -> Result<i64, String> {
    number(text).ok_or_else(|| wrong(text, "not an integer"))
}

/// How deep an expression may be nested.
const MAX_DEPTH: usize = 500;

/// An expression of any length: `-o` binds weakest, then `-a`, then `!`.
struct Expression<'a> {
    rest: &'a [Bytes],
    depth: usize,
}

impl Expression<'_> {
    fn take(&mut self, text: &[u8]) -> bool {
        let rest = behind(text, self.rest);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn or(&mut self) -> Answer {
        let mut answer = self.and()?;
        while self.take(b"-o") {
            answer |= self.and()?;
        }
        Ok(answer)
    }

    fn and(&mut self) -> Answer {
        let mut answer = self.not()?;
        while self.take(b"-a") {
            answer &= self.not()?;
        }
        Ok(answer)
    }

    fn not(&mut self) -> Answer {
        let mut answer = true;
        while self.rest.len() > 1 && self.take(b"!") {
            answer = !answer;
        }
        Ok(self.primary()? == answer)
    }

    fn primary(&mut self) -> Answer {
        let (answer, rest) = match self.rest {
            [left, operator, right, rest @ ..] if let Some(answer) = binary(left, operator, right) => {
                (answer, rest)
            }
            [open, _, ..] if **open == *b"(" => return self.nested(),
            [operator, operand, rest @ ..] if let Some(answer) = unary(operator, operand) => (answer, rest),
            [one, rest @ ..] => (Ok(!one.is_empty()), rest),
            [] => return Err("an operand is missing".to_owned()),
        };
        self.rest = rest;
        answer
    }

    fn nested(&mut self) -> Answer {
        if self.depth == MAX_DEPTH {
            return Err("nested too deep".to_owned());
        }
        self.take(b"(");
        self.depth += 1;
        let answer = self.or()?;
        self.depth -= 1;
        if self.take(b")") { Ok(answer) } else { Err("`)` is missing".to_owned()) }
    }
}
