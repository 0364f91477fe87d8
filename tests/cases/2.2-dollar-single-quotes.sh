#### escapes
## dash: has none
printf '%s' $'a\tb\nc\\d\'e\"f' | od -An -c | tr -s ' '

#### octal and hexadecimal
## dash: has none
echo $'\101\x41\60' $'\x4g'

#### control characters
## dash: has none
printf '%s' $'\a\b\e\f\r\v\cA' | od -An -tx1 | tr -d ' \n'; echo

#### nothing is expanded
## dash: has none
x=1; echo $'$x `a` "b"'

#### joined with other text
## dash: has none
echo a$'b c'd "$'x'"

#### not in double quotes
echo "$'a'"

#### not in here-documents
cat <<E
$'a'
E

#### in assignments and patterns
## dash: has none
x=$'a\nb'; echo "$x"; case $'a\tb' in a$'\t'b) echo tab;; esac; echo "${x#$'a\n'}"

#### a newline in it
## dash: has none
echo $'a
b'

#### Unicode
## dash: has none
echo $'\u00e4 \U0001F600'

#### $'…' in words, assignments, here-documents and patterns
## dash: has no $'…'
x=$'a\tb'; echo "$x" $'\x41\102\e[0m' | od -An -c | head -2; case "a'b" in $'a\'b') echo yes;; esac; cat <<E
$'no\t'
E
echo "$'no\t'" ${y:-$'d\te'}

#### $'…' of octal, hexadecimal and control characters
## dash: has no $'…'
printf %s $'\0101\101\x4a\cA\c?\"\'\\\a' | od -An -tx1
