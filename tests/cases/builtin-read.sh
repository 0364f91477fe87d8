#### splits into variables
echo 'a b c' | { read x y z; echo "[$x][$y][$z]"; }

#### the last takes the rest
echo '  a   b   c d  ' | { read x y; echo "[$x][$y]"; }; echo ' a ' | { read x; echo "[$x]"; }

#### more variables than fields
echo 'a' | { z=1; read x y z; echo "[$x][$y][$z]"; }; echo | { read x; echo "[$x] $?"; }

#### a backslash quotes and joins
printf '%s\n' 'a\ b c' 'x' | { read x y; echo "[$x][$y]"; }; printf 'a\\\nb c\n' | { read x y; echo "[$x][$y]"; }

#### raw
printf '%s\n' 'a\ b\' | { read -r x y; echo "[$x][$y]"; }; printf 'a\\\nb\n' | { read -r x; echo "[$x]"; read -r x; echo "[$x]"; }

#### the end of the file
printf 'no newline' | { read x; echo "$? [$x]"; read x; echo "$? [$x]"; }; : | { x=1; read x; echo "$? [$x]"; }

#### IFS that is no blank
echo 'a:b::c' | { IFS=: read w x y z; echo "[$w][$x][$y][$z]"; }; echo 'a:b:c:d' | { IFS=: read x y; echo "[$x][$y]"; }

#### a delimiter at the end
echo 'a:b:' | { IFS=: read x y; echo "[$x][$y]"; }; echo 'a:b::' | { IFS=: read x y; echo "[$x][$y]"; }; echo 'a:' | { IFS=: read x; echo "[$x]"; }

#### blanks and other delimiters
echo ' a : b : c ' | { IFS=' :' read x y z; echo "[$x][$y][$z]"; }; echo 'a  :  b' | { IFS=': ' read x y; echo "[$x][$y]"; }

#### an empty IFS
echo '  a b  ' | { IFS= read x; echo "[$x]"; }; echo '  a b  ' | { IFS= read -r x y; echo "[$x][$y]"; }

#### IFS only for the command
IFS=: read x y <<E
a:b
E
echo "$x $y"; x='a:b'; echo $x

#### a loop over lines
printf 'a b\nc\n\nd\n' | while read x y; do echo "<$x|$y>"; done

#### a loop over a file
printf '1\n2\n3' >f; while read x || test -n "$x"; do echo "<$x>"; done <f

#### programs read what follows
printf 'one\ntwo\nthree\n' >f; { read x; cat; } <f; printf 'one\ntwo\n' | { read x; cat; }

#### from a here-document
read x y <<E
a b c
E
echo "$y"

#### the status of an assignment to a readonly variable
## dash: goes on
## bash: goes on
(readonly x; read x <<E
a
E
echo no) 2>/dev/null; test $? -ne 0 && echo failed

#### a bad name
read 1a </dev/null 2>/dev/null; test $? -gt 0 && echo failed

#### bytes that are not UTF-8
printf 'a\377b c\n' | { read x y; printf '%s' "$x" | od -An -tx1 | tr -d ' \n'; echo " $y"; }

#### NUL bytes are dropped
## bash: warns
printf 'a\0b\n' | { read x; echo "$x"; }

#### a backslash before IFS
printf '%s\n' 'a\:b:c' | { IFS=: read x y; echo "[$x][$y]"; }

#### a backslash at the end of the file
printf 'a\\' | { read x; echo "$? [$x]"; }

#### long lines
x=$(dd if=/dev/zero bs=1000 count=20 2>/dev/null | tr '\0' a); echo "$x" >f; read y <f; echo ${#y}; echo "$x" | { read y; echo ${#y}; }

#### tabs and newlines in IFS
printf 'a\tb c\n' | { read x y; echo "[$x][$y]"; }; printf 'a\tb c\n' | { IFS='	' read x y; echo "[$x][$y]"; }

#### a delimiter of one's own
## dash: has no -d
printf 'a b;c;' | { read -d ';' x y; echo "[$x][$y]"; read -d ';' x; echo "[$x]"; }; printf 'a\0b\0' | { IFS= read -r -d '' x; echo "$x"; }

#### closed standard input
read x <&- 2>/dev/null; test $? -gt 0 && echo failed

#### variables in a subshell
echo a | read x; echo "[${x-unset}]"

#### two loops over two files
printf '1\n2\n' >f; printf 'a\nb\n' >g; while read x; do read y <&3; echo $x$y; done <f 3<g

#### read with IFS, backslashes and several names
## dash: needs no -r for the last backslash
IFS=: read -r a b c <<E
1:2:3:4
E
echo "$a $b $c"; read a b <<E
  x   y  z  
E
echo "[$a][$b]"; read -r a <<'E'
a\b\
E
echo "$a"; read a <<'E'
a\
b\c
E
echo "$a"

#### read at the end of input without a newline
printf 'last' | { read x; echo $? $x; }; : | { read x; echo $? "[$x]"; }; printf 'a\n' | { read x; echo $? $x; }

#### read with fewer and more fields, and IFS that is no blank
echo 'a::b:' | { IFS=: read x y z; echo "[$x][$y][$z]"; }; echo 'a:' | { IFS=: read x y; echo "[$x][$y]"; }; echo ':a' | { IFS=: read x y; echo "[$x][$y]"; }; echo 'a : b' | { IFS=' :' read x y; echo "[$x][$y]"; }

#### read with a delimiter
## dash: has no -d
printf 'a\nb:c:d' | { read -d : x; echo "[$x]"; read -d : y; echo "[$y]"; read -d : z; echo "$? [$z]"; }; printf 'a\0b\0' | { read -r -d '' x; read -r -d '' y; echo "$x$y"; }

#### a count of characters between whole lines of a pipe
## dash: has no -n
printf "one\nabc\ndef\nghi\n" | { read a; read -n 1 b; read c; read d; echo "$a,$b,$c,$d"; }

#### a count of characters, some of several bytes
## dash: has no -n
f() { read -n 3 a; read b; echo "[$a][$b]"; }; echo héèlo | f; (LC_ALL=C; echo héèlo | f); printf 'é' | { read -n 1 a; echo "$? $a"; }; printf 'é' | { read -n 2 a; echo "$? $a"; }

#### IFS that has characters of several bytes
## dash: splits at bytes
IFS=éx; echo 'aébèxc' | { read x y; echo "[$x][$y]"; }; echo 'aè' | { read x; echo "[$x]"; }

#### a backslash before a separator of several bytes
## dash: splits at bytes
## bash: quotes only the first byte
IFS=é; printf '%s\n' 'a\ébéc' | { read x y; echo "[$x][$y]"; }

#### a time limit where there is always something to read
## dash: has no -t
read -t 0.05 x </dev/zero; echo $?; printf 'a\n' | { read -t 5 x; echo $? $x; }

#### descriptors that come and go leave what it reads with alone
printf '1\n2\n3\n' | { { read x; } 3>&-; { read y; } 3>/dev/null 4>&3; exec 3>&- 4>&-; read z; echo $x $y $z; }

#### two shells read at the same time
mkfifo p q; seq 1 10000 >p & seq 50001 60000 >q & exec 3<p 4<q; read x <&3
{ while read l; do echo $l; done >o4 <&4; } & while read l; do echo $l; done >o3 <&3; wait
echo $x; cksum <o3; cksum <o4

#### descriptors of three digits are a script's own
## dash: knows one digit
printf '1\n2\n' | { read x; exec 100>f 200>&100; echo $x >&200; read y; cat f; echo $y; }

#### what came in time is not lost
## dash: has no -t
{ printf 'ab c'; until [ -e late ]; do :; done; } | { x=1 y=2; until read -t 0; do :; done; read -t 0.2 x y; echo "$? [$x][$y]"; read -t 0.1 x; echo "$? [$x]"; : >late; read -t 100 x; echo "$? [$x]"; }
