# POSIX XCU echo. What is left open there, minish does as bash does.

#### operands are joined by one blank
echo a   b	c

#### echo without operands writes a newline
echo

#### empty operands keep their blanks
echo '' a '' b ''

#### a quoted operand is written as it is
echo 'a   b
c'

#### echo does not know dash dash
echo -- a

#### a single dash is an operand
echo - -n

#### a word that only begins like options is an operand
echo -nx -n-; echo -ne-

#### options after an operand are operands
echo a -n

#### an unquoted pattern without a match is written
echo no*match

#### echo writes to where its redirection goes
echo a >f >g; echo b >&2 2>/dev/null; cat f g

#### echo fails where its output is closed
(echo hi >&-) 2>/dev/null; test $? -ne 0 && echo failed

#### echo fails where its output is full
echo hi 2>/dev/null >/dev/full; test $? -ne 0 && echo failed

#### a failed echo says so
(echo hi >/dev/full); test $? -ne 0 && echo failed

#### echo into a pipe that nobody reads ends in silence
{ echo a; echo b; } | true; echo $?

#### echo keeps characters of several bytes
echo "ä€" | wc -c | tr -d ' '

#### echo of many operands
echo 1 2 3 4 5 6 7 8 9 10 11 12 | wc -w | tr -d ' '

#### echo of escapes and dashes by printf
printf '%s\n' -n -e '\t'; echo - -- a; echo; echo a  b 'c  d'
