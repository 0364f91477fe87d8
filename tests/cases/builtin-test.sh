#### without arguments and with one
test; echo $?; test ''; echo $?; test a; echo $?; test -n; echo $?; test !; echo $?; [ ]; echo $?

#### strings
for e in "-n a" "-z a" "a = a" "a = b" "a != b" "-n = -n" "! = a"; do test $e; echo "$e: $?"; done; test -z ''; echo $?; test -n ''; echo $?

#### numbers
for e in "1 -eq 1" "1 -ne 1" "1 -lt 2" "2 -le 1" "3 -gt 2" "2 -ge 3" "-1 -lt 1" "010 -eq 10"; do test $e; echo "$e: $?"; done

#### numbers with blanks and signs
test ' 7 ' -eq 7; echo $?; test +7 -eq 7; echo $?

#### not a number
test a -eq 1 2>/dev/null; echo $?; test '' -eq 0 2>/dev/null; echo $?; test 1 -eq 1x 2>/dev/null; echo $?

#### negation
test ! a; echo $?; test ! ''; echo $?; test ! -n a; echo $?; test ! a = b; echo $?; test ! ! a; echo $?

#### parentheses
test '(' a ')'; echo $?; test '(' '' ')'; echo $?; test '(' = '('; echo $?; test '(' a = a ')'; echo $?; test '!' '(' a ')'; echo $?

#### and, or
test a -a b; echo $?; test a -a ''; echo $?; test '' -o b; echo $?; test '' -o ''; echo $?; test a = a -a b = c; echo $?; test a = b -o c = c -a d = e; echo $?

#### a long expression
test 1 -eq 1 -a '(' 2 -eq 3 -o 4 -eq 4 ')' -a ! -z x; echo $?

#### kinds of files
>f; mkdir d; ln -s f l; ln -s none dangling; mkfifo p
for o in e f d h L p s r w b c S; do for f in f d l dangling p none; do test -$o $f && echo "-$o $f"; done; done

#### executable files
>f; test -x f; echo $?; chmod +x f; test -x f; echo $?; test -x .; echo $?

#### sizes
>f; test -s f; echo $?; echo a >f; test -s f; echo $?

#### special bits
>f; chmod u+s f; test -u f; echo $?; test -g f; echo $?; mkdir d; chmod +t d; test -k d; echo $?

#### newer and older
## dash: a missing file is never older
>a; touch -d '2001-01-01' b; test a -nt b; echo $?; test a -ot b; echo $?; test b -ot a; echo $?; test a -nt none; echo $?; test none -ot a; echo $?

#### the same file
>a; ln a b; >c; test a -ef b; echo $?; test a -ef c; echo $?; test a -ef none; echo $?

#### terminals
test -t 0; echo $?; test -t 99; echo $?

#### brackets want a closing one
[ a 2>/dev/null; echo $?; [ a = a ]; echo $?; [ 2>/dev/null; echo $?

#### operators as strings
## dash: misreads `! -a !`
test -f = -f; echo $?; test = ; echo $?; test -a = -a; echo $?; test ! -a ! ; echo $?; [ "(" != ")" ]; echo $?; [ "!" = "!" ]; echo $?; [ -z = '' ]; echo $?

#### too many arguments
test a b 2>/dev/null; echo $?; test a b c 2>/dev/null; echo $?; test a = b c 2>/dev/null; echo $?

#### orders of strings
test a '<' b; echo $?; test a '>' b; echo $?

#### an empty variable
x=; [ "$x" = "" ] && echo empty; [ -n "$x" ] || echo not; [ x$x = x ] && echo same

#### integers at the limits
test 9223372036854775807 -gt 9223372036854775806; echo $?; test -9223372036854775808 -lt 0; echo $?
