# POSIX XCU 2.6.6, 2.14: pathname expansion.

#### names come sorted
touch b a c; echo *

#### no match leaves the word
echo *.none [x]y ?

#### hidden files need their period
touch .h a; echo * .h* ?h

#### brackets
touch a1 a2 b1 'a]' a-; echo [ab]1 a[!1] a[]x] a[1-2] a[[:digit:]] a[-x]

#### a quoted special character is text
touch 'a*' ab; echo 'a*' a\* "a"* a'*'; x='a*'; echo "$x" $x

#### a bracket that is not closed is text
touch '[a'; echo [a [b

#### components
mkdir d d/e; touch d/f d/e/g; echo d/* */f */*/g d//f*

#### a slash at the end matches directories
mkdir d; touch f; echo */ d*/ f*/

#### a slash is never matched
mkdir d; touch d/x; echo d?x *x d[/]x

#### a pattern in an expansion is a pattern
touch a b; x='*'; echo $x; echo "$x"

#### a backslash in an expansion quotes
touch 'a*' ab; x='a\*'; echo $x

#### assignments expand no pathnames
touch a; x=*; echo "$x"

#### redirections expand no pathnames
touch a; echo hi >*; ls

#### dangling links are names
ln -s nowhere l; echo l*

#### a directory that cannot be listed matches nothing
echo /nonexistent/*

#### the current and parent folder are not matched
## dash: matches them
touch .a; echo .*

#### a question mark is a character
## dash: is a byte
touch ä; echo ?

#### a range of letters
touch a b c d; echo [b-c] [!b-c]

#### literal components are checked
mkdir a b; touch b/x; echo */x

#### an escaped letter in an unquoted word is that letter
touch ab; echo \a*

#### an operand of export is no pattern
touch x=a; export x=*; echo "$x"

#### a command name is a pattern too
echo 'echo ran' >prog; chmod +x prog; ./pr*

#### the order of the words stays
touch a1 a2 b1; echo b* x a*

#### names with blanks are one field
touch 'a b' c; printf '<%s>' *

#### names with special characters are not expanded again
touch '*' a; printf '<%s>' *

#### a pattern made of quoted and unquoted parts
touch 'a*b' axb; echo "a*"* 'a'*'b' a\*?

#### a value with a backslash quotes in a pattern
touch 'a*b' ab; x='a\**'; echo $x

#### a pattern of several folders
mkdir -p a/x b/x; touch a/x/1 b/x/2; echo */x/* */*/1

#### dot and dot dot may be named
mkdir d; touch d/f; echo ./d/* d/../d/* ./*

#### an exclamation mark alone in brackets
touch '!' a; echo [!] [!!] ['!'a] [\!a]

#### a closing bracket may stand first
touch ']' a; echo []] []a] [!]]

#### a bracket closed only in quotes is text
touch ab; echo a["b"] a[b"]"

#### pathname expansion with dots, brackets, quotes and slashes
mkdir -p d/e; >d/.h; >d/a1; >d/a2; >'d/b*'; >d/e/f; echo d/* d/.h* d/[ab]? d/a[!1] d/"a"* d/b\* */e/* d/*/f; echo nosuch*; x='d/a*'; echo $x "$x"; cd d; echo * .[!.]*

#### a path of a hundred thousand parts
x=$(printf 'a/%.0s' $(seq 100000)); set -- $x*; echo ${#1}
