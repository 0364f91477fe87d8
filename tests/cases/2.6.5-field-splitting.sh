# POSIX XCU 2.6.5: field splitting.

#### white space of IFS is trimmed and joined
x='  a  b	c
d  '; printf '<%s>' $x

#### other characters of IFS end a field each
IFS=:; x=a::b:; printf '<%s>' $x; x=:a; printf '<%s>' $x

#### white space around another character belongs to it
IFS=' :'; x='a : b  :  : c'; printf '<%s>' $x; x=' : a : '; printf '<%s>' $x

#### literal text is not split
IFS=:; printf '<%s>' a:b:c

#### quoted expansions are not split
x='a b'; printf '<%s>' "$x" x"$x"x

#### text joins the outer fields of an expansion
x=' a b '; printf '<%s>' x$x'y'; x='a b'; printf '<%s>' x$x"y"

#### an empty IFS splits nothing
IFS=; x='a b'; printf '<%s>' $x

#### an unset IFS splits at blanks
unset IFS; x='a b	c'; printf '<%s>' $x

#### an expansion to nothing is no field
x=; printf '<%s>' $x; printf '<%s>' a $x b

#### an expansion to white space is no field
x='  '; printf '<%s>' $x a

#### a backslash in a value is text
x='a\ b'; printf '<%s>' $x

#### two expansions side by side are split as one text
x='a ' y=' b'; printf '<%s>' $x$y; IFS=:; x=a: y=:b; printf '<%s>' $x$y

#### a delimiter at the end makes no empty field
IFS=,; x=a,b,; printf '<%s>' $x; x=,; printf '<%s>' $x

#### a character of several bytes can be in IFS
## dash: splits at bytes
IFS=ä; x=aäbäüc; printf '<%s>' $x

#### IFS from the environment is not used
IFS=: sh -c 'x=a:b; printf "<%s>" $x'

#### a digit of a special parameter is split too
IFS=0; (exit 101); printf '<%s>' $?

#### a letter can be a separator
IFS=x; a=1x2xx3x; printf '<%s>' $a

#### the newline alone can be a separator
IFS='
'; x='a b
c'; printf '<%s>' $x

#### a backslash can be a separator
IFS='\'; x='a\b'; printf '<%s>' $x

#### separators at the end of one expansion and the start of the next
IFS=:; x=a: y=b; printf '<%s>' $x$y $y$x

#### quoted and unquoted expansions in one word
x='a b'; printf '<%s>' "$x"$x"$x"

#### a changed IFS holds from the next command
x=a:b; IFS=: printf '<%s>' $x; IFS=:; printf '<%s>' $x

#### a command is split from an expansion
x='printf <%s> a b'; $x

#### an empty quoted part keeps a field
x=; printf '<%s>' $x"" "$x" ""$x

#### white space before a quoted part makes a field
x=' '; printf '<%s>' a$x"b" a"$x"b

#### an operand of export is not split
x='a b'; export y=$x; echo "$y"

#### white space and another character around empty fields
IFS=': '; x='  a :: b  c : '; printf '<%s>' $x

#### the first separator alone makes an empty field
IFS=' :'; x=' :a'; printf '<%s>' $x; x=:; printf '<%s>' $x

#### a field that is a pattern after splitting is expanded
touch ab ac; IFS=,; x='x,a*,y'; printf '<%s>' $x

#### a special character that is a separator is no pattern
IFS='*'; x='a*b'; touch axb; printf '<%s>' $x

#### field splitting by white space, by others, by both
x=' a  b '; for w in $x; do echo "[$w]"; done; IFS=:; x=':a::b:'; for w in $x; do echo "<$w>"; done; IFS=' :'; x=' a : b  c:: d '; for w in $x; do echo "{$w}"; done; IFS=; x='a b'; for w in $x; do echo "($w)"; done; unset IFS; for w in $x; do echo "=$w"; done

#### splitting touches only what came from expansions
IFS=x; a=1x2; for w in x$a"x"3x; do echo "[$w]"; done; for w in axb; do echo "[$w]"; done

#### a character of several bytes is cut at as a whole
## dash: has no multi-byte characters
## bash: cuts at stray bytes of it too
IFS=é; x=$(printf 'a\303bé\251c'); printf '<%s>' $x | od -An -tx1; printf 'a\303éb\251é\n' | { read -r x y; printf '<%s>' "$x" "$y" | od -An -tx1; }
IFS=$(printf '\342é'); x=$(printf 'a\342\202bécè'); printf '<%s>' $x | od -An -tx1; set -- a b; printf %s "$*" | od -An -tx1
