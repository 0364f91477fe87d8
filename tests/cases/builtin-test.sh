# POSIX XCU test. What is left open there, minish does as bash does.

#### no argument is false
test; echo $?; [ ]; echo $?

#### one argument is true if it is not empty
test a; echo $?; test ''; echo $?; [ a ]; echo $?; [ '' ]; echo $?

#### one argument is never an operator
test -z; echo $?; test -n; echo $?; test !; echo $?; test =; echo $?; test '('; echo $?; [ -f ]; echo $?; [ -t ]; echo $?

#### [ needs ] as its last argument
[ a; echo $?
[; echo $?
[ a ] b; echo $?
[ 'a ]'; echo $?

#### ] is an operand of test
test ]; echo $?; [ ] ]; echo $?; [ ] = ] ]; echo $?; test -n ]; echo $?

#### -n and -z
test -n a; echo $?; test -n ''; echo $?; test -z a; echo $?; test -z ''; echo $?

#### the negation of one argument
test ! a; echo $?; test ! ''; echo $?; test ! !; echo $?; test ! -n; echo $?

#### the negation of two arguments
test ! -n a; echo $?; test ! -z a; echo $?; test ! ! a; echo $?; test ! ! ''; echo $?

#### the negation of three arguments
test ! a = b; echo $?; test ! a = a; echo $?; test ! 1 -lt 2; echo $?; test ! a -a ''; echo $?

#### the negation of a negation of a negation
## dash: says the opposite
test ! ! ! a; echo $?; test ! ! ! ''; echo $?

#### comparisons come before negation and parentheses
test ! = !; echo $?; test ! = a; echo $?; test '(' = ')'; echo $?; test '(' = '('; echo $?; test -f = -f; echo $?; test -n = ''; echo $?

#### parentheses around one argument
test '(' a ')'; echo $?; test '(' '' ')'; echo $?; test '(' -n ')'; echo $?; test '(' ! ')'; echo $?

#### parentheses around two arguments
test '(' -n a ')'; echo $?; test '(' -z a ')'; echo $?; test '(' ! a ')'; echo $?

#### parentheses around nothing
## dash: takes ( for a word
test '(' ')'; echo $?

#### texts are equal or not
test a = a; echo $?; test a = b; echo $?; test a != a; echo $?; test a != b; echo $?; test '' = ''; echo $?; test a = ''; echo $?

#### texts are not numbers
test 1 = 01; echo $?; test 1 = ' 1'; echo $?

#### operands are not patterns
test abc = 'a*'; echo $?; [ 'a*' = 'a*' ]; echo $?

#### two equal signs
## dash: knows only one
test a == a; echo $?; [ a == b ]; echo $?

#### texts are before or after each other
test a '<' b; echo $?; test b '<' a; echo $?; test a '<' a; echo $?; test a '>' b; echo $?; test b '>' a; echo $?; test '' '<' a; echo $?; test 10 '<' 9; echo $?

#### operands with blanks and newlines
test 'a b' = 'a b'; echo $?; test 'a
b' = 'a
b'; echo $?; test ' '; echo $?

#### operands of several bytes
test ä = ä; echo $?; test ä = ö; echo $?; test z '<' ä; echo $?

#### integers are equal or not
test 1 -eq 1; echo $?; test 1 -eq 2; echo $?; test 1 -ne 1; echo $?; test 1 -ne 2; echo $?

#### integers are less
test 1 -lt 2; echo $?; test 2 -lt 2; echo $?; test 3 -lt 2; echo $?; test 1 -le 2; echo $?; test 2 -le 2; echo $?; test 3 -le 2; echo $?

#### integers are greater
test 1 -gt 2; echo $?; test 2 -gt 2; echo $?; test 3 -gt 2; echo $?; test 1 -ge 2; echo $?; test 2 -ge 2; echo $?; test 3 -ge 2; echo $?

#### integers have signs
test -1 -lt 0; echo $?; test +5 -eq 5; echo $?; test -5 -gt -6; echo $?; test -0 -eq 0; echo $?

#### integers are decimal
test 010 -eq 10; echo $?; test 08 -lt 9; echo $?; test 0x10 -eq 16; echo $?

#### blanks around integers
test ' 1' -eq 1; echo $?; test 1 -eq '1 '; echo $?; test '	 1 	' -eq 1; echo $?; test '- 1' -eq -1; echo $?

#### integers have 64 bits
test 9223372036854775807 -gt 9223372036854775806; echo $?; test -9223372036854775808 -lt -9223372036854775807; echo $?
test 9223372036854775808 -gt 1; echo $?

#### what is not an integer is an error
test a -eq 1; echo $?
test 1 -eq ''; echo $?
test 1 -lt 1x; echo $?
test 1.0 -eq 1; echo $?
test +-1 -eq -1; echo $?
test - -eq 0; echo $?
[ ä -eq 1 ]; echo $?

#### an unset variable leaves its operator alone
[ $unset = a ]; echo $?
[ -n $unset ]; echo $?
[ "$unset" = a ]; echo $?

#### two arguments without an operator
test a b; echo $?
test -q a; echo $?
test ! -q a; echo $?
test a =; echo $?

#### three arguments without an operator
test a b c; echo $?
test = a b; echo $?
test a =~ a; echo $?
test a -x b; echo $?

#### four arguments without an operator
test a b c d; echo $?
test a = b c; echo $?
test -z a b c; echo $?

#### regular files, directories and what is not there
: >f; mkdir d; test -f f; echo $?; test -f d; echo $?; test -d d; echo $?; test -d f; echo $?; test -e f; echo $?; test -e d; echo $?; test -e none; echo $?; test -f none; echo $?; test -d none; echo $?

#### files with an empty name are not there
test -e ''; echo $?; test -f ''; echo $?; test -d ''; echo $?; test -r ''; echo $?; test -s ''; echo $?; test -h ''; echo $?

#### a file has a size or none
: >f; echo a >g; test -s f; echo $?; test -s g; echo $?; test -s none; echo $?

#### symbolic links
: >f; ln -s f l; ln -s none m; test -h l; echo $?; test -L l; echo $?; test -h f; echo $?; test -L none; echo $?; test -h m; echo $?

#### other operators look behind symbolic links
: >f; mkdir d; ln -s f l; ln -s d e; ln -s none m; test -f l; echo $?; test -d e; echo $?; test -e m; echo $?; test -f m; echo $?

#### devices
test -c /dev/null; echo $?; test -c /; echo $?; test -b /dev/null; echo $?; test -b none; echo $?

#### FIFOs and sockets
mkfifo p; : >f; test -p p; echo $?; test -p f; echo $?; test -S p; echo $?; test -S none; echo $?

#### set-user-ID, set-group-ID and restricted deletion
: >f; mkdir d; chmod 4755 f; test -u f; echo $?; test -g f; echo $?; test -k f; echo $?; chmod 2755 f; test -u f; echo $?; test -g f; echo $?; chmod 1777 d; test -k d; echo $?; chmod 755 d; test -k d; echo $?

#### files that may be read, written or executed
: >f; chmod 644 f; test -r f; echo $?; test -w f; echo $?; test -x f; echo $?; chmod 755 f; test -x f; echo $?; test -r none; echo $?; test -w none; echo $?; test -x none; echo $?

#### directories that may be searched
mkdir d; test -x d; echo $?; test -r .; echo $?; test -w .; echo $?

#### own files
: >f; test -O f; echo $?; test -G f; echo $?; test -O none; echo $?; test -G none; echo $?

#### newer and older files
touch -d 2020-01-01 a; touch -d 2021-01-01 b; test a -nt b; echo $?; test b -nt a; echo $?; test a -ot b; echo $?; test b -ot a; echo $?; test a -nt a; echo $?; test a -ot a; echo $?

#### times have parts of seconds
touch -d '2020-01-01 00:00:00.1' a; touch -d '2020-01-01 00:00:00.2' b; test b -nt a; echo $?; test a -ot b; echo $?

#### a file is newer than one that is not there
## dash: as before POSIX.1-2024
: >f; test f -nt none; echo $?; test none -nt f; echo $?; test f -ot none; echo $?; test none -ot f; echo $?; test none -nt none; echo $?

#### the same file
: >f; : >g; ln f h; ln -s f l; test f -ef h; echo $?; test f -ef l; echo $?; test f -ef g; echo $?; test f -ef none; echo $?; test none -ef none; echo $?

#### files that were modified after they were read
## dash: has no -N
touch -d 2020-01-01 f; touch -a -d 2021-01-01 f; test -N f; echo $?; touch -m -d 2022-01-01 f; test -N f; echo $?; test -N none; echo $?

#### descriptors that are no terminals
test -t 0; echo $?; test -t 1; echo $?; test -t 9; echo $?; test -t 99999999999; echo $?

#### a descriptor is a number
## bash: says no
test -t x; echo $?

#### and
test a -a b; echo $?; test a -a ''; echo $?; test '' -a b; echo $?; test '' -a ''; echo $?

#### or
test a -o b; echo $?; test a -o ''; echo $?; test '' -o b; echo $?; test '' -o ''; echo $?

#### an operator in the middle of three makes the others operands
## dash: takes -n for an operator
test -n -a a; echo $?; test -n -o a; echo $?

#### and before or
test a -o b -a ''; echo $?; test '' -a b -o c; echo $?; test '' -o b -a c; echo $?; test a = a -o b = b -a c = d; echo $?

#### negation before and
test ! a -a ''; echo $?; test ! '' -a a; echo $?; test ! a -o b -o ''; echo $?; test ! a = b -a c = c; echo $?

#### comparisons in long expressions
test 1 -eq 1 -a 2 -gt 1; echo $?; test a = b -o a = a; echo $?; test 1 -eq 1 -a -n '' -o x; echo $?; [ a != b -a b != c -a c != a ]; echo $?

#### parentheses in long expressions
test '(' a = b ')' -o c; echo $?; test '(' a -o b ')' -a ''; echo $?; test a -a '(' '' -o b ')'; echo $?; test ! '(' a = b ')'; echo $?; test '(' '(' a ')' ')'; echo $?; test '(' ! '(' a = a ')' ')'; echo $?

#### files in long expressions
: >f; mkdir d; test -f f -a -d d; echo $?; test -f d -o -d d; echo $?; test ! -e none -a -e f; echo $?; test -e f -a ! -d f -a ! -h f; echo $?

#### operands that look like operators in long expressions
test -f = -f -o -d = x; echo $?; test a = = -o b = b; echo $?

#### an exclamation mark and an opening parenthesis may be compared in a long expression
## dash: takes them for operators
## bash: takes them for operators
test ! = ! -a a; echo $?; test '(' = '(' -a a; echo $?; test a = a -a '(' = ')'; echo $?

#### the last word of a long expression may look like an operator
test a = a -a -n; echo $?; test a = b -o -f; echo $?

#### the last word of a long expression may be an exclamation mark
## bash: wants an argument
test a = a -a !; echo $?

#### all parts are evaluated
test a = a -o x -eq 1; echo $?
test a = b -a x -eq 1; echo $?

#### a long expression with a word too many
test a = a -a b c; echo $?
test a = a b = b; echo $?

#### a parenthesis is missing
test '(' a = a -a b; echo $?
test a = a -a '(' b; echo $?

#### an operand is missing
## dash: takes the operator for a word
test a = a -a; echo $?
test a -o b -o; echo $?

#### test decides what runs
[ 1 -lt 2 ] && echo yes; [ 1 -gt 2 ] || echo no; ! [ a = b ] && echo not

#### the arguments of test are expanded
x=5; [ "$x" -lt 10 ] && [ $x -ge 5 ] && echo "$x"; [ "$HOME" = ~ ]; echo $?

#### test reads the descriptors of its redirections
test -t 0 </dev/null; echo $?; [ a ] >f; test -f f; echo $?

#### test in a pipeline
echo a | test -p /dev/stdin; echo $?; test a | cat; test '' || echo b | cat

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

#### test compares files
## dash: does not compare with what is not there
>a; sleep 0.02; >b; ln a c; ln -s b l; test b -nt a && echo nt; test a -ot b && echo ot; test a -ef c && echo ef; test l -ef b && echo link; test a -nt nosuch && echo there; test nosuch -ot a && echo ot; test -h l && test -L l && echo L; test a -nt c || echo same

#### test compares strings by their order
test a '<' b && echo lt; test b '>' a && echo gt; [ a '>' b ] || echo no; [ abc '<' abd ] && echo lt

#### test with few arguments
test || echo empty; test '' || echo null; test x && echo one; test ! x || echo not; test ! '' && echo notnull; test -f || echo no; [ -f ] && echo string; test '(' x ')' && echo paren; test ! a = b && echo neg; test -n = -n && echo eq; [ '!' = '!' ] && echo bang; [ '(' = '(' ] && echo par; test -z -a && echo no; echo $?

#### test of numbers and of what is none
[ 1 -eq 01 ] && [ -1 -lt 0 ] && [ 2 -ge 2 ] && [ 3 -ne 4 ] && [ ' 3 ' -le 3 ] && [ +4 -gt 3 ] && echo ok; [ a -eq 1 ] 2>/dev/null; echo $?; [ 1 -eq ] 2>/dev/null; echo $?; [ a b c d e ] 2>/dev/null; echo $?; [ a 2>/dev/null; echo $?

#### test of descriptors and modes
[ -t 0 ] || echo no; >f; chmod 640 f; [ -r f ] && [ -w f ] && [ ! -x f ] && [ -f f ] && [ ! -s f ] && [ -e f ] && echo f; mkdir d; [ -d d ] && [ -x d ] && echo d; mkfifo p; [ -p p ] && [ ! -f p ] && echo p; [ -c /dev/null ] && [ ! -b /dev/null ] && echo c; chmod u+s,g+s f; [ -u f ] && [ -g f ] && echo ug
