//! The grammar (XCU 2.10.2), a function a rule, each named as POSIX names it.

use super::ast::{
    AndOr, Assignment, Command, Compound, CompoundKind, Connector, Item, Pipeline, Program, Redirect, Simple,
};
use super::lexer::{Lexer, Operator, Token};
use super::{Problem, Refill, Span, SyntaxError};

type Result<T> = std::result::Result<T, SyntaxError>;

/// Reserved words (XCU 2.4) of the compound commands that minish does not run yet.
const UNSUPPORTED: &[&str] = &["if", "while", "until", "for", "case"];
/// Reserved words that only go on with or end a compound command.
const UNEXPECTED: &[&str] = &["then", "else", "elif", "fi", "do", "done", "esac", "in", "}", "!"];

/// The declaration utilities (XCU 2.9.1.1).
const DECLARATIONS: &[&str] = &["export"];

/// How deep commands may be nested, so that no script overruns the stack.
const MAX_DEPTH: usize = 250;

/// Reads a script a complete command at a time.
pub struct Parser<'a> {
    lexer: Lexer<'a>,
    token: Option<(Token, Span)>,
    /// Found by looking ahead; it is told when its command is asked for.
    error: Option<SyntaxError>,
    depth: usize,
}

impl<'a> Parser<'a> {
    /// A parser of a text that is all there.
    pub fn new(text: Vec<u8>) -> Parser<'a> {
        Parser { lexer: Lexer::new(text, None), token: None, error: None, depth: 0 }
    }

    /// A parser that asks for each line when it needs it, and not before.
    pub fn by_line(refill: Refill<'a>) -> Parser<'a> {
        Parser { lexer: Lexer::new(Vec::new(), Some(refill)), token: None, error: None, depth: 0 }
    }

    /// The next complete command: and-or lists up to the end of the line. `None` at the end of the script.
    ///
    /// # Errors
    /// A syntax error; what follows it cannot be read.
    pub fn next_command(&mut self) -> Result<Option<Program>> {
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        if self.token.is_none() {
            self.lexer.forget();
        }
        self.linebreak()?;
        if *self.peek()? == Token::End {
            return Ok(None);
        }
        let program = self.list()?;
        match self.next()? {
            (Token::Newline | Token::End, _) => Ok(Some(program)),
            (token, span) => Err(self.unexpected(&token, span)),
        }
    }

    /// Whether no command follows. Looks ahead: not for text that is read while it runs.
    pub fn is_at_end(&mut self) -> bool {
        match self.linebreak() {
            Ok(()) => matches!(self.token, Some((Token::End, _))),
            Err(error) => {
                self.error = Some(error);
                false
            }
        }
    }

    /// Whether the text ended right behind a line continuation.
    pub fn is_continued(&self) -> bool {
        self.lexer.continued
    }

    /// and_or lists separated by `;` and `&`; ends before whatever cannot go on with it.
    fn list(&mut self) -> Result<Program> {
        let mut items = Vec::new();
        while let Some(and_or) = self.and_or()? {
            let (background, goes_on) = match self.peek()? {
                Token::Operator(Operator::Semicolon) => (false, true),
                Token::Operator(Operator::Ampersand) => (true, true),
                _ => (false, false),
            };
            items.push(Item { and_or, background });
            if !goes_on {
                break;
            }
            self.next()?;
        }
        Ok(Program { items })
    }

    /// Lists over several lines, up to the token that closes the compound command.
    fn compound_list(&mut self) -> Result<Program> {
        let mut program = Program::default();
        loop {
            self.linebreak()?;
            let line = self.list()?;
            let is_end = line.items.is_empty();
            program.items.extend(line.items);
            if is_end || *self.peek()? != Token::Newline {
                return Ok(program);
            }
        }
    }

    fn and_or(&mut self) -> Result<Option<AndOr>> {
        let Some(first) = self.pipeline()? else { return Ok(None) };
        let mut rest = Vec::new();
        loop {
            let connector = match self.peek()? {
                Token::Operator(Operator::And) => Connector::And,
                Token::Operator(Operator::Or) => Connector::Or,
                _ => return Ok(Some(AndOr { first, rest })),
            };
            rest.push((connector, self.after_operator(Self::pipeline)?));
        }
    }

    fn pipeline(&mut self) -> Result<Option<Pipeline>> {
        let negated = self.is_reserved("!")?;
        let first = if negated {
            let (_, span) = self.next()?;
            match self.command()? {
                Some(command) => command,
                None => return Err(self.missing("after", "!", span)),
            }
        } else {
            match self.command()? {
                Some(command) => command,
                None => return Ok(None),
            }
        };
        let mut commands = vec![first];
        while *self.peek()? == Token::Operator(Operator::Pipe) {
            commands.push(self.after_operator(Self::command)?);
        }
        Ok(Some(Pipeline { negated, commands }))
    }

    /// Steps over an operator and newlines, and reads what must follow.
    fn after_operator<T>(&mut self, rule: impl Fn(&mut Self) -> Result<Option<T>>) -> Result<T> {
        let (token, span) = self.next()?;
        self.linebreak()?;
        match rule(self)? {
            Some(found) => Ok(found),
            None => Err(self.missing("after", self.operator_text(&token), span)),
        }
    }

    fn command(&mut self) -> Result<Option<Command>> {
        match self.peek()? {
            Token::Operator(Operator::Open) => self.compound_command(Self::subshell).map(Some),
            Token::Operator(Operator::Unsupported(text)) => {
                let problem = Problem::Unsupported(format!("`{text}`"));
                let (_, span) = self.next()?;
                Err(self.lexer.error(problem, span))
            }
            Token::Operator(Operator::And | Operator::Or | Operator::Pipe | Operator::Semicolon) => {
                let (token, span) = self.next()?;
                Err(self.missing("before", self.operator_text(&token), span))
            }
            Token::Operator(Operator::Ampersand) => {
                let (_, span) = self.next()?;
                Err(self.missing("before", "&", span))
            }
            Token::Operator(Operator::Close | Operator::DoubleSemicolon) | Token::Newline | Token::End => {
                Ok(None)
            }
            Token::Redirect(_) | Token::IoNumber(_) => self.simple_command().map(Some),
            Token::Word(word) => match word.as_unquoted() {
                Some(b"{") => self.compound_command(Self::brace_group).map(Some),
                Some(b"}") => Ok(None),
                Some(text) if is_among(UNSUPPORTED, text) => {
                    let problem = Problem::Unsupported(format!("`{}`", String::from_utf8_lossy(text)));
                    let (_, span) = self.next()?;
                    Err(self.lexer.error(problem, span))
                }
                Some(text) if is_among(UNEXPECTED, text) => {
                    let (token, span) = self.next()?;
                    Err(self.unexpected(&token, span))
                }
                _ => self.simple_command().map(Some),
            },
        }
    }

    fn compound_command(&mut self, rule: impl Fn(&mut Self) -> Result<CompoundKind>) -> Result<Command> {
        let start = self.span()?;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.lexer.error(Problem::TooDeep(MAX_DEPTH), start));
        }
        let kind = rule(self)?;
        self.depth -= 1;
        let mut span = self.lexer.since(start);
        let mut redirects = Vec::new();
        while let Some(redirect) = self.io_redirect()? {
            span = span.to(redirect.span);
            redirects.push(redirect);
        }
        Ok(Command::Compound(Compound { kind, redirects, span }))
    }

    fn brace_group(&mut self) -> Result<CompoundKind> {
        let (_, open) = self.next()?;
        let program = self.compound_list()?;
        if !self.is_reserved("}")? {
            return Err(self.unclosed("brace", open)?);
        }
        let (_, close) = self.next()?;
        match program.items.is_empty() {
            true => Err(self.missing("before", "}", close)),
            false => Ok(CompoundKind::Brace(program)),
        }
    }

    fn subshell(&mut self) -> Result<CompoundKind> {
        let (_, open) = self.next()?;
        let program = self.compound_list()?;
        if *self.peek()? != Token::Operator(Operator::Close) {
            return Err(self.unclosed("parenthesis", open)?);
        }
        let (_, close) = self.next()?;
        match program.items.is_empty() {
            true => Err(self.missing("before", ")", close)),
            false => Ok(CompoundKind::Subshell(program)),
        }
    }

    fn simple_command(&mut self) -> Result<Command> {
        let start = self.span()?;
        let mut simple = Simple { span: start, ..Simple::default() };
        loop {
            if let Some(redirect) = self.io_redirect()? {
                simple.span = start.to(redirect.span);
                simple.redirects.push(redirect);
                continue;
            }
            match self.peek()? {
                Token::Word(_) => {}
                Token::Operator(Operator::Open) => {
                    let (token, span) = self.next()?;
                    return Err(match simple.words.len() {
                        1 => self.lexer.error(Problem::Unsupported("a function definition".into()), span),
                        _ => self.unexpected(&token, span),
                    });
                }
                _ => return Ok(Command::Simple(simple)),
            }
            let (Token::Word(word), span) = self.next()? else { continue };
            simple.span = start.to(span);
            if let Some(name) = simple.words.first() {
                let is_declaration = name.as_unquoted().is_some_and(|name| is_among(DECLARATIONS, name));
                simple.words.push(if is_declaration { word.into_declaration() } else { word });
                continue;
            }
            match word.into_assignment() {
                Ok((name, value)) => simple.assignments.push(Assignment { name, value }),
                Err(word) => simple.words.push(word),
            }
        }
    }

    fn io_redirect(&mut self) -> Result<Option<Redirect>> {
        let start = self.span()?;
        let number = match self.peek()? {
            Token::IoNumber(number) => Some(*number),
            Token::Redirect(_) => None,
            Token::Operator(Operator::Unsupported(text)) => {
                let problem = Problem::Unsupported(format!("`{text}`"));
                return Err(self.lexer.error(problem, start));
            }
            _ => return Ok(None),
        };
        if number.is_some() {
            self.next()?;
        }
        let (token, operator_span) = self.next()?;
        let operator = match token {
            Token::Redirect(operator) => operator,
            other => return Err(self.unsupported_or_unexpected(&other, operator_span)),
        };
        match self.next()? {
            (Token::Word(target), span) => {
                let fd = number.unwrap_or_else(|| operator.default_fd());
                Ok(Some(Redirect { fd, operator, target, span: start.to(span) }))
            }
            _ => Err(self.lexer.error(Problem::MissingTarget(operator.as_str()), operator_span)),
        }
    }

    fn linebreak(&mut self) -> Result<()> {
        while *self.peek()? == Token::Newline {
            self.next()?;
        }
        Ok(())
    }

    fn is_reserved(&mut self, text: &str) -> Result<bool> {
        Ok(matches!(self.peek()?, Token::Word(word) if word.as_unquoted() == Some(text.as_bytes())))
    }

    fn fill(&mut self) -> Result<&(Token, Span)> {
        let token = match self.token.take() {
            Some(token) => token,
            None => self.lexer.token()?,
        };
        Ok(self.token.insert(token))
    }

    fn peek(&mut self) -> Result<&Token> {
        self.fill().map(|(token, _)| token)
    }

    fn span(&mut self) -> Result<Span> {
        self.fill().map(|(_, span)| *span)
    }

    fn next(&mut self) -> Result<(Token, Span)> {
        match self.token.take() {
            Some(token) => Ok(token),
            None => self.lexer.token(),
        }
    }

    fn operator_text(&self, token: &Token) -> &'static str {
        match token {
            Token::Operator(operator) => operator.as_str(),
            Token::Redirect(operator) => operator.as_str(),
            _ => "",
        }
    }

    /// A command is missing; if the text is at its end, it may still come.
    fn missing(&self, place: &'static str, operator: &'static str, span: Span) -> SyntaxError {
        let problem = Problem::MissingCommand { place, operator };
        match &self.token {
            Some((Token::End, _)) => self.lexer.incomplete(problem, span),
            _ => self.lexer.error(problem, span),
        }
    }

    /// What opened at `open` is not closed by the next token.
    fn unclosed(&mut self, what: &'static str, open: Span) -> Result<SyntaxError> {
        let (token, span) = self.next()?;
        Ok(match token {
            Token::End => self.lexer.incomplete(Problem::Unclosed(what), open),
            token => self.unexpected(&token, span),
        })
    }

    fn unexpected(&self, token: &Token, span: Span) -> SyntaxError {
        let text = match token {
            Token::End => "end of the script".to_owned(),
            Token::Newline => "newline".to_owned(),
            _ => String::from_utf8_lossy(self.lexer.text_of(span)).into_owned(),
        };
        self.lexer.error(Problem::Unexpected(text), span)
    }

    fn unsupported_or_unexpected(&self, token: &Token, span: Span) -> SyntaxError {
        match token {
            Token::Operator(Operator::Unsupported(text)) => {
                self.lexer.error(Problem::Unsupported(format!("`{text}`")), span)
            }
            token => self.unexpected(token, span),
        }
    }
}

fn is_among(words: &[&str], text: &[u8]) -> bool {
    words.iter().any(|word| word.as_bytes() == text)
}
