# POSIX XCU 2.2: quoting.

#### a backslash keeps the next character
echo \$x \| \; \& \' \" \\ \a

#### a backslash before a newline is removed with it
echo a\
b
#### single quotes keep everything
printf '%s\n' 'a $x "b" \n `c`'

#### double quotes keep all but dollar and backslash
x=5; printf '%s\n' "a $x 'b' | ; \$x \" \\ \a"

#### a quoted newline is text
echo 'a
b' "c
d"

#### an empty word is a word
printf '<%s>' '' "" a''b

#### quoting in the middle of a word joins
echo a'b c'd"e f"g\ h

#### a backslash at the end of the script stands for itself
echo a\
#### a dollar that introduces nothing stands for itself
echo $ a$ "$" "a$ b" $%

#### a quoted command name is found
'ec'ho hi; "true" && \echo yes

#### a quoted reserved word is a command name
'{' 2>/dev/null; echo $?

#### double quotes keep single quotes and the other way round
echo "'a'" '"b"' "'" '"'

#### a backslash in double quotes goes with what it escapes only
## dash: its echo interprets backslashes; POSIX leaves it open
echo "\a\$x\"\\\`\'"

#### a backslash and a newline vanish in double quotes and stay in single ones
printf '%s\n' "a\
b" 'a\
b'

#### an expansion in double quotes makes no quotes
x='"a  b"'; printf '<%s>' $x "$x"

#### characters of an expansion are no operators
x='a | cat; echo b > f & #'; echo $x

#### a quoted blank does not end a word
printf '<%s>' a\ b a' 'b a"	"b

#### a quoted operator is text
echo a '|' cat ';' "&&" \> f \#

#### a quoted redirection number is a word
echo \2>f a "2">>f; cat f

#### a dollar before a single quote in double quotes stands for itself
printf '%s\n' "cost $'5'"
