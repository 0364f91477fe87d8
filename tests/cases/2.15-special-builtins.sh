#### eval joins its arguments
eval echo a '$x' 'b;' echo c; x='echo 5'; eval $x; eval "$x" 6; eval; echo $?; eval ''; echo $?

#### the status of eval
eval false; echo $?; eval '(exit 3)'; echo $?; false; eval :; echo $?; false; eval 'echo $?'

#### eval with definitions
eval 'f() { echo f; }'; f; eval 'x=1
y=2'; echo $x$y; eval 'if true
then echo if
fi'

#### eval in eval
eval "eval 'eval \"echo deep\"'"

#### break in eval
for i in 1 2 3; do eval 'test $i = 2 && break'; echo $i; done

#### return in eval
f() { eval 'return 3'; echo no; }; f; echo $?

#### dot reads a file
echo 'x=5; echo in' >s; . ./s; echo $x

#### dot searches PATH
mkdir d; echo 'echo found' >d/s; PATH=$PWD/d:$PATH; . s

#### dot has the parameters
## args: a b
echo 'echo $1 $#' >s; . ./s

#### the status of dot
echo '(exit 4)' >s; . ./s; echo $?; : >e; false; . ./e; echo $?

#### return from dot
echo 'echo a; return 5; echo no' >s; . ./s; echo $?

#### dot in a function
echo 'x=$1; return 2' >s; f() { . ./s; echo "$? $x"; }; f arg

#### dot in a loop
echo 'echo $i' >s; for i in 1 2; do . ./s; done

#### exec replaces
(exec echo a; echo no); (exec sh -c 'exit 4'); echo $?

#### exec with redirections only
exec 3>f; echo a >&3; exec 3>&-; cat f; exec 4<f; read x <&4; echo $x; exec 4<&-

#### exec redirects the shell
(exec >f; echo a; echo b); cat f; (exec 2>/dev/null; nosuchcommand; echo $?)

#### export
x=1; export x y=2; sh -c 'echo $x $y'; x=3; sh -c 'echo $x'; export z; sh -c 'echo "[${z-unset}]"'; z=4; sh -c 'echo $z'

#### export expands once
x='a b'; export y=$x; echo "$y"; export z=~; test "$z" = "$HOME" && echo home; export w="*"; echo "$w"

#### export -p can be read back
export x="it's"; export -p >s; x=; . ./s; echo "$x"

#### readonly
readonly x=1; echo $x; (x=2) 2>/dev/null || echo failed; readonly y; (y=1) 2>/dev/null || echo failed; readonly | grep -c x=

#### readonly -p can be read back
readonly x='a b'; (eval "$(readonly -p | grep ' x=' | sed 's/x=/z=/')"; echo "$z")

#### a readonly variable stays exported
readonly x=1; export x; sh -c 'echo $x'; (unset x) 2>/dev/null || echo failed; echo $x

#### unset
x=1; unset x; echo "${x-unset}"; unset nosuch; echo $?; x=1 y=2; unset x y; echo "${x-u}${y-u}"; export x=1; unset x; x=2; sh -c 'echo "[${x-unset}]"'

#### unset IFS
unset IFS; x='a b'; set -- $x; echo $#

#### shift
## args: a b c d
shift; echo $1 $#; shift 2; echo $1 $#; shift 0; echo $#; shift; echo $#

#### times has four times
times | wc -l | tr -d ' '; times | tr -d '0-9.' | sort -u

#### colon
: a b $(echo c); echo $?; : ${x:=5}; echo $x; x=1 : ; echo $x

#### assignments before special built-ins stay
x=1 :; echo $x; y=2 eval 'echo $y'; echo $y; z=3 export w; echo $z

#### assignments before others do not
x=1; x=2 true; echo $x; x=3 cd .; echo $x; x=4 test 1; echo $x; x=5 sh -c 'echo $x'; echo $x

#### redirections of special built-ins end
exec 3>&1; : >f 3>&-; echo a >&3; eval 'echo b' >f; cat f

#### return and exit use the last status
f() { (exit 3); return; }; f; echo $?; (f; exit); echo $?

#### break with a bad number
## bash: goes on
(for i in 1; do break 0; done; echo no) 2>/dev/null; test $? -ne 0 && echo failed; (for i in 1; do break x; done; echo no) 2>/dev/null; test $? -ne 0 && echo failed

#### dot with a file without newline
printf 'echo a' >s; . ./s

#### exec keeps exported assignments
x=5 exec sh -c 'echo $x'

#### a comment ends with the line in eval
eval 'echo a # b
echo c'


#### . begins with the status before it
echo 'echo $?; (exit 3)' >f; (exit 5); . ./f; echo $?

#### . of a file without commands succeeds
printf '# nothing\n\n' >f; (exit 5); . ./f; echo $?

#### eval of comments succeeds
false; eval '# nothing'; echo $?; false; eval ' 
'; echo $?; false; eval 'echo $?'

#### shift, again
## bash: goes on
set -- a b c; shift; echo $*; shift 0; echo $*; shift 2; echo $#; (shift 1; echo no) 2>/dev/null; echo past

#### numbers as other programs write them have blanks before them
set -- a b c; shift ' 2'; echo $#; (exit ' 3'); echo $?; kill -0 " $$"; echo $?

#### times tells four times
times | sed 's/[0-9][0-9]*/n/g'
