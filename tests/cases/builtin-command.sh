#### -v of what is built in
command -v cd; command -v :; command -v test; command -v if; command -v '{'

#### -v of a program
## bash: its status is 1
p=$(command -v sed); case $p in /*/sed) echo ok;; esac; command -v /bin/sh; command -v nosuch; echo $?

#### -v of a function and an alias
f() { :; }; command -v f; alias e='echo x'; command -v e

#### -V says something
## bash: its status is 1
command -V cd | grep -c cd; command -V nosuch >/dev/null 2>&1; echo $?

#### time is a reserved word, but none of POSIX
## dash: it has none
## bash: it is one in POSIX too
type time; command -v time; set -o posix; PATH=/none; command -v time || echo none

#### runs a built-in or a program
command echo a; command -p sh -c 'echo b'; command -- echo c; command; echo $?

#### not a function
echo() { printf 'no\n'; }; command echo yes

#### the status of what is not found
command nosuch 2>/dev/null; echo $?

#### assignments before it do not stay
x=1; x=2 command :; echo $x

#### exec by command
(command exec echo ran; echo no); command exec 3>f; echo a >&3; cat f

#### eval and dot by command
command eval 'x=5'; echo $x; echo 'y=6' >s; command . ./s; echo $y

#### exit and return by command
(command exit 4); echo $?; f() { command return 3; }; f; echo $?

#### break by command
for i in 1 2; do command break; done; echo $i

#### type
type cd | grep -c cd; f() { :; }; type f | grep -c function; type nosuch >/dev/null 2>&1; echo $? | sed 's/1$/127/'; type sh | grep -c /sh

#### declarations by command
## dash: splits
x='a b'; command export y=$x; echo "$y"

#### -p with a changed PATH
(PATH=/none; command -p sh -c 'echo found')

#### a file that is not executable is none
echo 'echo a' >prog; PATH=$PWD:$PATH; command -v prog || echo none; chmod +x prog; command -v prog | sed 's,.*/,,'

#### command -v of all kinds
alias a1='echo x'; f() { :; }; for n in if ! { a1 f : cd /bin/sh nosuch ./nosuch; do command -v $n || echo none; done

#### command finds no function
echo() { printf 'f\n'; }; echo a; command echo b; unset -f echo; command -p echo c

#### command in front of a special built-in takes its powers
command readonly x=1; command unset x 2>/dev/null || echo still; y=no command :; echo ${y-unset}; (command exec 3</nonexistent; echo goes on) 2>/dev/null; command shift 5 2>/dev/null || echo goes on

#### command in front of eval takes what a syntax error does
command eval 'fi' 2>/dev/null; echo $?; echo 'echo a
fi
echo b' >f; command . ./f 2>/dev/null; echo $?; x=$(command eval '(' 2>/dev/null; echo in); echo $x; (eval fi; echo no) 2>/dev/null

#### and what is wrong inside
## bash: eval survives it itself
(command eval 'eval fi; echo no'; echo on) 2>/dev/null; (command eval 'shift 5; echo no'; echo on) 2>/dev/null

#### an assignment to a readonly variable too
## bash: leaves a subshell all the same
readonly r=1; f() { r=2; echo no; }; g() { command eval f; echo on; }
{ command eval 'r=2; echo no'; echo on; g; (command eval f; echo on); echo 'r=2' >s; command . ./s; echo on; } 2>/dev/null
command eval '(exit 130); set -e; false; echo no'; echo no

#### but the shell that was to become a program ends
(command eval 'exec ./missing'; echo no) 2>/dev/null; echo $?

#### command in front of the other special built-ins
readonly r=1; for c in 'exec 3<missing' 'export 1x=2' 'readonly r=2' 'shift 5' 'set -o nosuch' 'trap x NOSUCH' '. ./missing' 'unset r' ': <missing'; do (eval "command $c"; test $? -ne 0 && echo "$c") 2>/dev/null; done
