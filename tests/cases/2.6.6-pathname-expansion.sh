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
