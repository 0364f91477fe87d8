# POSIX XCU 2.3: token recognition.

#### operators need no blanks
echo a|cat&&echo b;echo c>f;cat<f

#### a comment goes to the end of the line
echo a # b; echo c
# whole line
echo d#e

#### a comment ends with its line even after a backslash
echo a # b \
echo c

#### line continuation may stand in an operator
true &\
& echo a
true |\
| echo b

#### line continuation may stand in a parameter
abc=5; echo $a\
bc ${a\
bc}

#### tabs and blanks separate words
echo	a   b	 c

#### a number before a redirection is a descriptor
echo 2>f a; cat f; echo x2>f; cat f; echo 2 >f; cat f

#### newlines separate commands
echo a

echo b
:

#### the longest operator is taken
true&&echo a||echo b;echo c>>f;echo d>|g;cat f g

#### a comment may follow an operator
echo a | # first
cat && # second
echo b

#### a number sign inside a word is text
echo a#b a\#b ""#c '#' x#

#### line continuation joins words
echo a\
b c \
d; ec\
ho e

#### line continuation may stand before an operator and in a number
echo a 2\
>f >\
>g; cat g

#### empty lines and blanks alone are no commands


  	
echo a
  

#### reserved words are words where no command begins
echo if then else do done { } ! case in esac

#### what came before a syntax error has been run
echo a
)
echo b

#### what comes after exit need not be shell
echo a; exit 0
) } " ' ((

#### an operator without a command before it is an error
| cat

#### an operator without a command after it is an error
echo a &&

#### two separators are an error
echo a;; echo b

#### a double quote that is not closed is an error
echo "a

#### a single quote that is not closed is an error
echo 'a

#### a brace of a parameter that is not closed is an error
echo ${x

#### a redirection without a word is an error
echo a >

#### a redirection to an operator is an error
echo a > | cat

#### reserved words only where they are
echo if then else fi do done case esac while { } !; if=1; echo $if; for in in a b; do echo $in; done; case in in in) echo case;; esac; for for in do; do echo $for; done; { echo }; }; echo { a

#### time is no reserved word in the middle
echo time; x=time; echo $x

#### in is reserved too, where a command begins
for text in in 'in() { :; }' 'true | in' 'true && in' '! in' '{ in; }' '(in)'; do (eval "$text") 2>/dev/null && echo run || echo refused; done; x=1 in 2>/dev/null; echo $?
for in in in; do case $in in in) echo $in;; esac; done
