#### if with all branches
for x in 1 2 3 4; do if test $x = 1; then echo one; elif test $x = 2; then echo two; elif test $x = 3; then echo three; else echo more; fi; done

#### the status of if
if false; then :; fi; echo $?; if true; then false; fi; echo $?; if false; then :; else (exit 3); fi; echo $?

#### conditions are lists
if false; true; then echo yes; fi; if true; false; then echo no; fi

#### newlines everywhere in if
if

true
then

echo a

else
echo b
fi

#### while and until
i=0; while test $i -lt 3; do i=$((i+1)); echo $i; done; until test $i -eq 0; do i=$((i-1)); done; echo $i

#### the status of loops
while false; do :; done; echo $?; i=0; while test $i -lt 1; do i=1; (exit 5); done; echo $?
until true; do :; done; echo $?; for i in; do false; done; echo $?; for i in 1; do (exit 4); done; echo $?

#### break and continue
for i in 1 2 3 4; do test $i = 2 && continue; test $i = 4 && break; echo $i; done; echo end $?

#### break out of several
for i in 1 2; do for j in a b; do test $j = b && continue 2; echo $i$j; done; done
for i in 1 2; do for j in a b; do break 2; done; done; echo $i$j

#### break out of more than there are
for i in 1 2; do for j in a b; do break 9; done; echo no; done; echo out

#### continue in a while loop
i=0; while test $i -lt 5; do i=$((i+1)); test $((i%2)) = 0 && continue; echo $i; done

#### break in a condition
while break; do echo no; done; echo $?; i=0; while i=$((i+1)); test $i -lt 3 || break; do :; done; echo $i

#### the status after break
while true; do false; break; done; echo $?

#### for over words
for x in a 'b c' "$HOME" $(echo d e); do test "$x" = "$HOME" || echo "<$x>"; done

#### for over the positional parameters
## args: a b
for x do echo $x; done; for x; do echo $x; done; for x
do echo $x; done
for x in "$@"; do echo $x; done

#### for over nothing
for x in; do echo no; done; x=; for y in $x; do echo no; done; for y in "$x"; do echo "[$y]"; done

#### the variable of for stays
for x in a b; do :; done; echo $x

#### for over a glob
>a.t; >b.t; for f in *.t; do echo $f; done; for f in *.none; do echo "$f"; done

#### words like reserved words in for
for x in do done if in; do echo $x; done; for do in 1; do echo $do; done

#### newlines in for
for x in a b

do echo $x

done
for x

in a
do echo $x; done

#### case
f() { case $1 in a) echo A;; b|c) echo BC;; [0-9]*) echo digits;; '*') echo star;; "") echo empty;; *) echo other;; esac; }
for x in a b c 42 '*' '' zz; do f "$x"; done

#### case with opening parentheses
case a in (a) echo 1;; esac; case b in (a|b) echo 2; esac

#### case falls through
## dash: does not know `;&`
case a in a) echo a;& b) echo b;; c) echo c;; esac

#### the status of case
case a in b) false;; esac; echo $?; false; case a in a) ;; esac; echo $?; case a in a) (exit 7);; esac; echo $?

#### case without arms
case a in esac; echo $?; case a in
esac

#### quoted patterns in case
x='a*'; case 'a*' in "a*") echo quoted;; esac; case ab in "a*") echo no;; a\*) echo no;; $x) echo var;; esac; case ab in "$x") echo no;; *) echo ok;; esac

#### case expands no further than needed
case a in $(echo a)) echo 1;; $(echo b >&2)) echo no;; esac

#### the word of case is not split
x='a b'; case $x in 'a b') echo same;; esac; case "$x" in a*b) echo star;; esac

#### newlines in case
case a
in

a)

echo x

;;

esac

#### esac as a pattern
case esac in (esac) echo yes;; esac

#### reserved words as patterns
case if in if) echo yes;; esac

#### patterns with expansions
x=b; case abc in a${x}*) echo yes;; esac; case '$x' in '$x') echo literal;; esac

#### tilde in case
HOME=/h; case ~ in /h) echo home;; esac; case /h in ~) echo pattern;; esac

#### redirections of compound commands
if true; then echo a; fi >f; cat f; for i in 1 2; do echo $i; done >f; cat f; case a in a) echo c;; esac >>f; cat f
while read x; do echo "<$x>"; done <f; { echo g; } >f; cat f; (echo s) >f; cat f

#### several redirections of a group
{ echo out; echo err >&2; } >f 2>&1; cat f

#### a failed redirection skips the command
## dash: its status is 2
{ echo no; } </nonexistent-file 2>/dev/null; echo $?

#### a variable set in a redirected group stays
{ x=1; } >/dev/null; echo $x; while read y; do x=$y; done <<E
5
E
echo $x

#### a group in a pipeline
{ echo b; echo a; } | sort; echo x | { read y; echo "<$y>"; }; for i in b a; do echo $i; done | sort

#### an if in a pipeline
echo yes | if read x; then echo "$x"; fi; if echo a | grep -q a; then echo found; fi

#### a loop in the background
for i in 1 2; do echo $i; done >f & wait; cat f

#### nested loops with the same variable
for i in 1 2; do for i in a; do :; done; echo $i; done

#### a negated compound command
! if true; then false; fi; echo $?; ! { true; }; echo $?

#### reserved words are words elsewhere
echo if then else fi while do done case esac for in { }

#### a list needs no newline before done
while true; do break; done; for x in 1; do { echo $x; } done; if { true; } then echo t; fi

#### braces need blanks
{ echo a;}; {echo b 2>/dev/null || echo failed;}

#### unclosed compound commands are errors
for t in 'if true' 'while true; do :' 'for x in a; do' 'case a in' '{ echo' '( echo' 'if true; then fi' 'for 1 in a; do :; done' 'do' 'fi' 'esac' 'then' ';;' '}'; do (eval "$t") 2>/dev/null && echo "no error: $t"; done; echo end

#### functions in conditions
f() { return $1; }; if f 0; then echo zero; fi; if f 1; then :; else echo one $?; fi

#### $? in the branches
if (exit 3); then :; else echo $?; fi; while (exit 4); do :; done; echo $?; false || echo $?

#### empty for list with semicolon
for x in ; do echo no; done; echo ok

#### comments between
if true # c
then # d
echo a # e
fi # f
case a in # g
a) # h
echo b ;; # i
esac

#### a long elif chain
x=5; if [ $x = 1 ]; then echo 1; elif [ $x = 2 ]; then echo 2; elif [ $x = 3 ]; then echo 3; elif [ $x = 4 ]; then echo 4; elif [ $x = 5 ]; then echo 5; else echo 6; fi

#### a subshell's exit
(exit 3); echo $?; ( (exit 4) ); echo $?; (false; true); echo $?

#### break inside a subshell
for i in 1 2; do (break); echo $i; done

#### a loop with a pipeline and exit
echo a | while read x; do exit 3; done; echo $?

#### break and continue count only the loops around them
for i in 1 2; do for j in a b; do [ $j = b ] && continue 2; echo $i$j; done; done; while :; do while :; do break 2; done; done; for i in 1; do break 99; echo no; done; echo end

#### break in a dot script leaves the loop around it
echo 'break' >f; for i in 1 2; do echo $i; . ./f; echo no; done; echo end

#### break in a subshell leaves only its own loops
for i in 1 2; do (for j in 1 2; do break; done; echo $i); done

#### ;& runs the next list without a look at its pattern
## dash: has no ;&
case a in a) echo 1;& b) echo 2;& c) echo 3;; d) echo 4;; esac; case a in a) echo last;& esac; case b in a) echo no;& b) ;& c) echo empty;; esac

#### for without in, and over several lines
set -- a 'b c'; for x do echo "[$x]"; done; for x
do echo "<$x>"; done; for x in
do echo no; done; for x in a b
do
echo $x
done; for x; do echo "{$x}"; done; f() { for y; do echo $y; done; }; f 1 2

#### the status of loops and conditions that run nothing
false; if false; then :; fi; echo $?; false; while false; do :; done; echo $?; false; for x in; do :; done; echo $?; false; case a in b) ;; esac; echo $?; false; case a in a) ;; esac; echo $?; until true; do false; done; echo $?
