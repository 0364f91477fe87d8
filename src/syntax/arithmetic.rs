//! Arithmetic expressions (XCU 2.6.4, 1.1.2.1): the operators of C on signed 64-bit numbers, as a tree.

use super::ast::{Name, Part};
use super::dollar::{in_name, starts_name};

/// An arithmetic expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A constant.
    Number(i64),
    /// A variable's value.
    Variable(Name),
    /// What the expansion of this number, counted from 0, gave.
    Given(usize),
    /// An operand, and what operators make of it with others, one after the other.
    Binary(Box<Expression>, Vec<(Binary, Expression)>),
    /// `a ? b : c`
    Conditional(Box<(Expression, Expression, Expression)>),
    /// `x = a`, `x += a`
    Assign(Name, Option<Binary>, Box<Expression>),
    /// `++x`, `x--`
    Step {
        /// The variable.
        name: Name,
        /// 1 or -1.
        by: i64,
        /// The value is that from before.
        postfix: bool,
    },
}

impl Expression {
    /// Whether evaluating it may change a variable or fail.
    pub fn has_effects(&self) -> bool {
        match self {
            Expression::Number(_) | Expression::Given(_) => false,
            // It may hold an expression.
            Expression::Variable(_) | Expression::Assign(..) | Expression::Step { .. } => true,
            Expression::Binary(first, rest) => {
                let may_fail = |operator| matches!(operator, Binary::Divide | Binary::Remainder);
                first.has_effects()
                    || rest.iter().any(|(operator, right)| may_fail(*operator) || right.has_effects())
            }
            Expression::Conditional(operands) => {
                operands.0.has_effects() || operands.1.has_effects() || operands.2.has_effects()
            }
        }
    }
}

/// The operators with two operands; those with one are made of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binary {
    Comma,
    Or,
    And,
    BitOr,
    BitXor,
    BitAnd,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    ShiftLeft,
    ShiftRight,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl Binary {
    /// What it makes of two numbers. Overflow wraps around; a division by zero is an error.
    pub fn apply(self, left: i64, right: i64) -> Result<i64, ArithmeticError> {
        // As the processor does: the low six bits.
        let distance = u32::from(right.to_le_bytes()[0] & 63);
        Ok(match self {
            Binary::Comma => right,
            Binary::Or => i64::from(left != 0 || right != 0),
            Binary::And => i64::from(left != 0 && right != 0),
            Binary::BitOr => left | right,
            Binary::BitXor => left ^ right,
            Binary::BitAnd => left & right,
            Binary::Equal => i64::from(left == right),
            Binary::NotEqual => i64::from(left != right),
            Binary::Less => i64::from(left < right),
            Binary::LessEqual => i64::from(left <= right),
            Binary::Greater => i64::from(left > right),
            Binary::GreaterEqual => i64::from(left >= right),
            Binary::ShiftLeft => left.wrapping_shl(distance),
            Binary::ShiftRight => left.wrapping_shr(distance),
            Binary::Add => left.wrapping_add(right),
            Binary::Subtract => left.wrapping_sub(right),
            Binary::Multiply => left.wrapping_mul(right),
            Binary::Divide | Binary::Remainder if right == 0 => return Err(ArithmeticError::DivisionByZero),
            Binary::Divide => left.wrapping_div(right),
            Binary::Remainder => left.wrapping_rem(right),
        })
    }
}

/// What is wrong with an arithmetic expression, and from where on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArithmeticError {
    /// An operand, an operator, a closing parenthesis or a `:` is missing, or something stands where it should.
    #[error("arithmetic: {what} is wanted {}", place(.rest))]
    Wanted {
        /// Which.
        what: &'static str,
        /// What stands there.
        rest: Vec<u8>,
    },
    /// What is assigned to is no variable: the assignment operator and what follows it.
    #[error("arithmetic: only a variable can be assigned to {}", place(.0))]
    Target(Vec<u8>),
    /// Letters or digits too many in a number.
    #[error("arithmetic: {} is not a number", shown(.0))]
    Number(Vec<u8>),
    /// The right operand of `/` or `%` is 0.
    #[error("arithmetic: division by zero")]
    DivisionByZero,
    /// Parentheses, or variables that mention variables.
    #[error("arithmetic: nested too deep")]
    TooDeep,
}

fn shown(text: &[u8]) -> String {
    String::from_utf8_lossy(text).replace(char::is_control, "…")
}

fn place(rest: &[u8]) -> String {
    match rest {
        [] => "at the end".to_owned(),
        rest => format!("at `{}`", shown(rest.get(..40).unwrap_or(rest))),
    }
}

/// How deep an expression may be nested.
const MAX_DEPTH: usize = 500;

/// Parses the text of an expansion of which parts are not known yet. None where the form of the expression
/// may depend on what they give, or where there is an error, which is told when it is evaluated.
pub fn parse_parts(parts: &[Part]) -> Option<Expression> {
    let mut text = Vec::new();
    for part in parts {
        // For an expansion, a byte that no text has.
        text.extend_from_slice(if let Part::Literal(text) = part { text } else { b"\0" });
    }
    parse(&text).ok().map(|(tree, _)| tree)
}

/// Parses an expression, and tells how many levels of nesting it has. An empty one is 0.
pub fn parse(text: &[u8]) -> Result<(Expression, usize), ArithmeticError> {
    let mut parser = Parser { rest: text, given: 0, depth: 0, deepest: 0, error: None };
    parser.skip_space();
    if parser.rest.is_empty() {
        return Ok((Expression::Number(0), 0));
    }
    let expression = parser.expression(COMMA);
    match (parser.error, parser.rest) {
        (Some(error), _) => Err(error),
        (None, []) => Ok((expression, parser.deepest)),
        (None, rest) => Err(ArithmeticError::Wanted { what: "an operator", rest: rest.to_vec() }),
    }
}

/// The number that a constant stands for: decimal, octal after `0`, hexadecimal after `0x`. One that is too
/// large wraps around.
pub fn constant(text: &[u8]) -> Option<i64> {
    let (digits, base) = match text {
        [b'0', b'x' | b'X', digits @ ..] => (digits, 16),
        [b'0', digits @ ..] if !digits.is_empty() => (digits, 8),
        digits => (digits, 10),
    };
    if digits.is_empty() {
        return None;
    }
    let mut value = 0_i64;
    for &digit in digits {
        let digit = char::from(digit).to_digit(base)?;
        value = value.wrapping_mul(i64::from(base)).wrapping_add(i64::from(digit));
    }
    Some(value)
}

/// What the value of a variable or an expansion stands for, if it is a constant with perhaps a sign and
/// blanks around it.
pub fn signed_constant(text: &[u8]) -> Option<i64> {
    match text.trim_ascii() {
        [b'-', digits @ ..] => constant(digits).map(i64::wrapping_neg),
        [b'+', digits @ ..] | digits => constant(digits),
    }
}

/// How strongly `,` binds, the weakest of all operators; those below bind more strongly.
const COMMA: u8 = 0;
const ASSIGNMENT: u8 = 1;
const CONDITIONAL: u8 = 2;
/// Those in front of their operand, the strongest.
const UNARY: u8 = 13;

/// An operator behind an operand.
enum Operator {
    Binary(Binary),
    /// `=`, or one like `+=`.
    Assign(Option<Binary>),
    /// `?`
    Conditional,
}

impl Operator {
    /// The longest that a text begins with, how long it is, and how strongly it binds.
    fn of(text: &[u8]) -> Option<(Operator, usize, u8)> {
        let (length, strength, operator, assigns) = match text {
            [b',', ..] => (1, COMMA, Binary::Comma, false),
            [b'|', b'|', ..] => (2, 3, Binary::Or, false),
            [b'&', b'&', ..] => (2, 4, Binary::And, false),
            [b'|', ..] => (1, 5, Binary::BitOr, true),
            [b'^', ..] => (1, 6, Binary::BitXor, true),
            [b'&', ..] => (1, 7, Binary::BitAnd, true),
            [b'=', b'=', ..] => (2, 8, Binary::Equal, false),
            [b'!', b'=', ..] => (2, 8, Binary::NotEqual, false),
            [b'<', b'=', ..] => (2, 9, Binary::LessEqual, false),
            [b'>', b'=', ..] => (2, 9, Binary::GreaterEqual, false),
            [b'<', b'<', ..] => (2, 10, Binary::ShiftLeft, true),
            [b'>', b'>', ..] => (2, 10, Binary::ShiftRight, true),
            [b'<', ..] => (1, 9, Binary::Less, false),
            [b'>', ..] => (1, 9, Binary::Greater, false),
            [b'+', ..] => (1, 11, Binary::Add, true),
            [b'-', ..] => (1, 11, Binary::Subtract, true),
            [b'*', ..] => (1, 12, Binary::Multiply, true),
            [b'/', ..] => (1, 12, Binary::Divide, true),
            [b'%', ..] => (1, 12, Binary::Remainder, true),
            [b'=', ..] => return Some((Operator::Assign(None), 1, ASSIGNMENT)),
            [b'?', ..] => return Some((Operator::Conditional, 1, CONDITIONAL)),
            _ => return None,
        };
        Some(match assigns && text.get(length) == Some(&b'=') {
            true => (Operator::Assign(Some(operator)), length + 1, ASSIGNMENT),
            false => (Operator::Binary(operator), length, strength),
        })
    }
}

struct Parser<'t> {
    rest: &'t [u8],
    given: usize,
    depth: usize,
    /// How deep it has been.
    deepest: usize,
    /// The first error. Behind it the text is at its end, so that each rule comes to its own end.
    error: Option<ArithmeticError>,
}

impl Parser<'_> {
    fn skip_space(&mut self) {
        self.rest = self.rest.trim_ascii_start();
    }

    /// Steps over so many bytes and the blanks behind them.
    fn skip(&mut self, length: usize) {
        self.rest = self.rest.get(length..).unwrap_or_default();
        self.skip_space();
    }

    /// Steps over `text` and the blanks behind it, if it comes next.
    fn take(&mut self, text: &[u8]) -> bool {
        let is_next = self.rest.starts_with(text);
        if is_next {
            self.skip(text.len());
        }
        is_next
    }

    #[cold]
    fn fail(&mut self, error: ArithmeticError) -> Expression {
        self.error.get_or_insert(error);
        self.rest = b"";
        Expression::Number(0)
    }

    fn wanted(&mut self, what: &'static str) -> Expression {
        self.fail(ArithmeticError::Wanted { what, rest: self.rest.to_vec() })
    }

    /// An operand, and the operators behind it that bind at least as strongly as `lowest` with theirs.
    fn expression(&mut self, lowest: u8) -> Expression {
        if self.depth == MAX_DEPTH {
            return self.fail(ArithmeticError::TooDeep);
        }
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        let is_name = self.rest.first().is_some_and(|&byte| starts_name(byte));
        let mut left = self.operand();
        while let Some((operator, length, strength)) = Operator::of(self.rest)
            && strength >= lowest
        {
            left = match (operator, left) {
                (Operator::Binary(operator), left) => {
                    self.skip(length);
                    join(left, operator, self.expression(strength + 1))
                }
                (Operator::Assign(operator), Expression::Variable(name)) if is_name => {
                    self.skip(length);
                    Expression::Assign(name, operator, Box::new(self.expression(ASSIGNMENT)))
                }
                (Operator::Assign(_), _) => self.fail(ArithmeticError::Target(self.rest.to_vec())),
                (Operator::Conditional, condition) => {
                    self.skip(length);
                    let yes = self.expression(COMMA);
                    if !self.take(b":") {
                        return self.wanted("`:`");
                    }
                    // Not an assignment: `a ? b : c = d` assigns to no variable in C.
                    let no = self.expression(CONDITIONAL);
                    Expression::Conditional(Box::new((condition, yes, no)))
                }
            };
        }
        self.depth -= 1;
        left
    }

    /// Steps over `++` or `--`, if it comes next. Returns what it adds.
    fn step(&mut self) -> Option<i64> {
        [(b"++", 1), (b"--", -1)].into_iter().find_map(|(text, by)| self.take(text).then_some(by))
    }

    /// A number, a variable with perhaps `++` or `--`, what an expansion gave, an operator in front of an operand,
    /// or an expression in parentheses.
    fn operand(&mut self) -> Expression {
        let start = self.rest;
        if let Some(by) = self.step() {
            if self.rest.first().is_some_and(|&byte| starts_name(byte)) {
                return Expression::Step { name: self.name(), by, postfix: false };
            }
            self.rest = start;
        }
        let length = self.name_length();
        match self.rest.first() {
            Some(&sign @ (b'-' | b'+' | b'~' | b'!')) => {
                self.skip(1);
                let operand = self.expression(UNARY);
                match sign {
                    b'-' => join(Expression::Number(0), Binary::Subtract, operand),
                    b'~' => join(Expression::Number(-1), Binary::BitXor, operand),
                    b'!' => join(operand, Binary::Equal, Expression::Number(0)),
                    _ => operand,
                }
            }
            Some(b'(') => {
                self.skip(1);
                let inside = self.expression(COMMA);
                if self.take(b")") { inside } else { self.wanted("`)`") }
            }
            // What is right behind it may be one word with what it gives.
            Some(0) if !self.rest.get(1).is_some_and(|&byte| byte == 0 || in_name(byte)) => {
                self.skip(1);
                self.given += 1;
                Expression::Given(self.given - 1)
            }
            Some(byte) if byte.is_ascii_digit() => {
                let (digits, rest) = self.rest.split_at(length);
                match (constant(digits), rest.first()) {
                    (Some(value), next) if next != Some(&0) => {
                        self.skip(length);
                        Expression::Number(value)
                    }
                    _ => self.fail(ArithmeticError::Number(digits.to_vec())),
                }
            }
            Some(&byte) if starts_name(byte) && self.rest.get(length) != Some(&0) => {
                let name = self.name();
                match self.step() {
                    Some(by) => Expression::Step { name, by, postfix: true },
                    None => Expression::Variable(name),
                }
            }
            _ => self.wanted("a number or a variable"),
        }
    }

    fn name(&mut self) -> Name {
        let name = self.rest.get(..self.name_length()).unwrap_or_default();
        self.skip(name.len());
        Name::new(name)
    }

    /// The length of the name or number that comes next.
    fn name_length(&self) -> usize {
        self.rest.iter().take_while(|&&byte| in_name(byte)).count()
    }
}

/// An operator over two operands. Of two numbers it is a number.
fn join(left: Expression, by: Binary, right: Expression) -> Expression {
    match (left, right) {
        (Expression::Number(left), Expression::Number(right)) if let Ok(value) = by.apply(left, right) => {
            Expression::Number(value)
        }
        (Expression::Binary(first, mut rest), right) => {
            rest.push((by, right));
            Expression::Binary(first, rest)
        }
        (left, right) => Expression::Binary(Box::new(left), vec![(by, right)]),
    }
}
