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
## bash: drops it
echo a\
#### a dollar that introduces nothing stands for itself
echo $ a$ "$" "a$ b" $%

#### a quoted command name is found
'ec'ho hi; "true" && \echo yes

#### a quoted reserved word is a command name
'{' 2>/dev/null; echo $?
